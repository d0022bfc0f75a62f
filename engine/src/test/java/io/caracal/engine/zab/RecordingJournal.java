/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.ReplayHandler;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** A journal that notes which records it receives, and drops their contents. */
public final class RecordingJournal implements Journal
{
    /** Zxids of the records that it took. */
    public final List<Long> appended = new ArrayList<>();

    /** What was known to be committed with each of them. */
    public final List<Long> committed = new ArrayList<>();

    /** Whether it may be cut. */
    public boolean mayBeCut;

    /** Whether it refuses records and cuts. */
    public boolean isFull;

    @Override
    public int replay(final long afterZxid, final ReplayHandler handler)
    {
        throw new AssertionError("nothing is replayed");
    }

    @Override
    public boolean append(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        if (!isFull)
        {
            appended.add(zxid);
            committed.add(committedZxid);
        }

        return !isFull;
    }

    @Override
    public int recordLengthMax()
    {
        return Integer.MAX_VALUE;
    }

    @Override
    public int poll(final DurabilityHandler handler)
    {
        return 0;
    }

    @Override
    public boolean truncate(final long zxid)
    {
        if (!mayBeCut)
        {
            throw new AssertionError("nothing is cut");
        }

        return !isFull;
    }

    @Override
    public void release(final long zxid)
    {
        throw new AssertionError("nothing is released");
    }
}
