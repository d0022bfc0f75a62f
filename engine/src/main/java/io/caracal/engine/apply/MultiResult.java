/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.MultiResults;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.StatEncoder;
import io.caracal.engine.tree.ReadableTree;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Collects the results of a multi's parts while they are applied, because each shows the state right after its own
 * part. What is applied outside of a multi leaves nothing here.
 */
final class MultiResult
{
    private final Outcome outcome;
    private final JuteWriter writer = new JuteWriter();
    private final UnsafeBuffer statBytes = new UnsafeBuffer(new byte[StatEncoder.LENGTH]);
    private final StatEncoder stat = new StatEncoder();
    private boolean isCollecting;

    MultiResult(final Outcome outcome)
    {
        this.outcome = outcome;
    }

    void begin()
    {
        isCollecting = true;
        writer.wrap(outcome.multiResult, 0);
    }

    void created(final UnsafeBuffer path, final boolean withStat, final ReadableTree tree, final long node)
    {
        if (isCollecting)
        {
            part(withStat ? OpCode.CREATE2 : OpCode.CREATE, ErrorCode.OK);
            writer.writeRange(path, 0, path.capacity());
            if (withStat)
            {
                writeStat(tree, node);
            }
        }
    }

    void deleted()
    {
        if (isCollecting)
        {
            part(OpCode.DELETE, ErrorCode.OK);
        }
    }

    void dataChanged(final ReadableTree tree, final long node)
    {
        if (isCollecting)
        {
            part(OpCode.SET_DATA, ErrorCode.OK);
            writeStat(tree, node);
        }
    }

    void checked()
    {
        if (isCollecting)
        {
            part(OpCode.CHECK, ErrorCode.OK);
        }
    }

    void end()
    {
        isCollecting = false;
        MultiResults.end(writer);
        outcome.multiResultLength = writer.position();
    }

    private void part(final int type, final int errorCode)
    {
        MultiResults.part(writer, type, errorCode);
    }

    private void writeStat(final ReadableTree tree, final long node)
    {
        tree.encodeStat(node, stat.wrap(statBytes, 0));
        writer.writeRaw(statBytes, 0, StatEncoder.LENGTH);
    }
}
