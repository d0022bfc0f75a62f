/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayList;
import java.util.List;

/**
 * All operations of the clients with their answers, in the order of true time. It checks that true time and zxids
 * agree: a write that is sent after a client was told of another write gets a higher zxid, and a sync sent then shows
 * at least that write.
 */
public final class History
{
    private static final String RULE = "what was answered comes before what is asked later";

    private final List<Operation> operations = new ArrayList<>();
    private long toldZxid;
    private long answeredCount;

    /**
     * A client sends an operation.
     *
     * @param operation without an answer.
     */
    public void onInvoked(final Operation operation)
    {
        operation.floorZxid = toldZxid;
        operations.add(operation);
    }

    /**
     * A client received the answer to an operation.
     *
     * @param operation with its answer.
     */
    public void onAnswered(final Operation operation)
    {
        answeredCount++;

        if (operation.kind.isWrite() && operation.error != Operation.SYSTEM_ERROR)
        {
            Violation.unless(operation.zxid > operation.floorZxid, RULE, () -> operation + " was asked after " +
                Violation.zxid(operation.floorZxid) + " was told");
            toldZxid = Math.max(toldZxid, operation.zxid);
        }
        else if (operation.kind == Operation.Kind.SYNC)
        {
            Violation.unless(operation.zxid >= operation.floorZxid, RULE, () -> operation + " was asked after " +
                Violation.zxid(operation.floorZxid) + " was told");
        }
    }

    /**
     * All operations.
     *
     * @return in the order in which they were sent; grows.
     */
    public List<Operation> operations()
    {
        return operations;
    }

    /**
     * Number of operations that were answered.
     *
     * @return zero or more.
     */
    public long answeredCount()
    {
        return answeredCount;
    }
}
