/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that clients asked and were told, in the order of true time. Checks that true time and zxids agree:
 * whoever asks after somebody was told of a write gets a later place in the order, and a sync shows at least that
 * write.
 */
public final class History
{
    private static final String RULE = "what was answered comes before what is asked later";

    private final List<Operation> operations = new ArrayList<>();
    private long toldZxid;
    private long answeredCount;

    /**
     * Something is asked.
     *
     * @param operation new.
     */
    public void onInvoked(final Operation operation)
    {
        operation.floorZxid = toldZxid;
        operations.add(operation);
    }

    /**
     * It was answered.
     *
     * @param operation with its answer.
     */
    public void onAnswered(final Operation operation)
    {
        answeredCount++;

        if (operation.kind.isWrite() && operation.error != Operation.SYSTEM_ERROR)
        {
            Violation.unless(operation.zxid > operation.floorZxid, RULE, operation + " was asked after " + Violation
                .zxid(operation.floorZxid) + " was told");
            toldZxid = Math.max(toldZxid, operation.zxid);
        }
        else if (operation.kind == Operation.Kind.SYNC)
        {
            Violation.unless(operation.zxid >= operation.floorZxid, RULE, operation + " was asked after " + Violation
                .zxid(operation.floorZxid) + " was told");
        }
    }

    /**
     * Everything asked.
     *
     * @return in the order in which it was asked; grows.
     */
    public List<Operation> operations()
    {
        return operations;
    }

    /**
     * How much of it was answered.
     *
     * @return zero or more.
     */
    public long answeredCount()
    {
        return answeredCount;
    }
}
