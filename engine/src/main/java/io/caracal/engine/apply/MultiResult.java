/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.MultiResults;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.StatEncoder;
import io.caracal.engine.tree.ReadableTree;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The results of a multi in the form of its reply. When the multi takes effect, results are collected while its parts
 * are applied, because each result shows the state right after its own part. Changes outside of a multi leave nothing
 * here. When the multi fails, results are written only when a reply needs them.
 */
public final class MultiResult
{
    /** Results of parts that took effect. The buffer grows to the largest size ever needed. */
    private final ExpandableArrayBuffer collected = new ExpandableArrayBuffer();
    private final RefusedMulti refused = new RefusedMulti();
    private final JuteWriter writer = new JuteWriter();
    private final UnsafeBuffer statBytes = new UnsafeBuffer(new byte[StatEncoder.LENGTH]);
    private final StatEncoder stat = new StatEncoder();
    private int collectedLength;
    private boolean isCollecting;
    private boolean isRefused;

    MultiResult()
    {
    }

    /** Forgets the last results, because another transaction, multi or not, is about to be applied. */
    void reset()
    {
        collectedLength = 0;
        isRefused = false;
    }

    void begin()
    {
        isCollecting = true;
        writer.wrap(collected, 0);
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
        collectedLength = writer.position();
    }

    /** Records that a part failed, so that none took effect. */
    void refused(final int partCount, final int failedPart, final int errorCode)
    {
        refused.refused(partCount, failedPart, errorCode);
        isRefused = true;
    }

    /**
     * Length of the body of the reply to a multi.
     *
     * @return bytes, possibly more than any reply has room for.
     */
    public long length()
    {
        return isRefused ? refused.length() : collectedLength;
    }

    /**
     * Writes the body of the reply to a multi.
     *
     * @param target which has room for all of it.
     */
    public void write(final JuteWriter target)
    {
        if (isRefused)
        {
            refused.write(target, Long.MAX_VALUE);
        }
        else
        {
            target.writeRaw(collected, 0, collectedLength);
        }
    }

    /**
     * The first bytes of the body of the reply to a multi.
     *
     * @param lengthMax how many are wanted at most.
     * @return buffer that holds at least the wanted bytes, or all if there are fewer, from offset 0; valid until the
     *         next call.
     */
    public DirectBuffer firstBytes(final int lengthMax)
    {
        if (isRefused)
        {
            writer.wrap(collected, 0);
            refused.write(writer, lengthMax);
        }

        return collected;
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
