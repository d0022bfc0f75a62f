/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro.memory;

import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.EpochHandler;
import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.engine.port.SnapshotStore;

import org.agrona.DirectBuffer;

/** An empty disk that forgets what is written to it, and reports it as durable at the next poll. */
final class MemoryFiles implements Journal, EpochStore, SnapshotStore
{
    private static final int RECORD_LENGTH_MAX = 1 << 20;

    private long appendedZxid;
    private long durableZxid;
    private long acceptedEpoch;
    private long acceptedLeader;
    private long currentEpoch;
    private boolean areEpochsNew;

    @Override
    public int replay(final long afterZxid, final ReplayHandler handler)
    {
        handler.onReplayEnd(afterZxid);
        return 0;
    }

    @Override
    public boolean append(
        final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset, final int length)
    {
        appendedZxid = zxid;
        return true;
    }

    @Override
    public int recordLengthMax()
    {
        return RECORD_LENGTH_MAX;
    }

    @Override
    public int poll(final DurabilityHandler handler)
    {
        if (appendedZxid == durableZxid)
        {
            return 0;
        }

        durableZxid = appendedZxid;
        handler.onDurable(durableZxid);
        return 1;
    }

    @Override
    public boolean truncate(final long zxid)
    {
        throw new IllegalStateException("nobody has more than the leader here");
    }

    @Override
    public void release(final long zxid)
    {
        // keeps nothing
    }

    @Override
    public long acceptedEpoch()
    {
        return acceptedEpoch;
    }

    @Override
    public long acceptedLeader()
    {
        return acceptedLeader;
    }

    @Override
    public long currentEpoch()
    {
        return currentEpoch;
    }

    @Override
    public boolean store(final long newAcceptedEpoch, final long newAcceptedLeader, final long newCurrentEpoch)
    {
        acceptedEpoch = newAcceptedEpoch;
        acceptedLeader = newAcceptedLeader;
        currentEpoch = newCurrentEpoch;
        areEpochsNew = true;
        return true;
    }

    @Override
    public int poll(final EpochHandler handler)
    {
        if (!areEpochsNew)
        {
            return 0;
        }

        areEpochsNew = false;
        handler.onEpochsDurable(acceptedEpoch, acceptedLeader, currentEpoch);
        return 1;
    }

    @Override
    public int load(final SnapshotHandler handler)
    {
        handler.onLoadBegin(0);
        handler.onLoadEnd(0, 0, 0);
        return 0;
    }

    @Override
    public boolean begin(final long zxid)
    {
        return false;
    }

    @Override
    public boolean write(final DirectBuffer buffer, final int offset, final int length)
    {
        return false;
    }

    @Override
    public boolean writeBeforeImage(final DirectBuffer buffer, final int offset, final int length)
    {
        return false;
    }

    @Override
    public boolean finish(final long recordCount, final long digest)
    {
        return false;
    }

    @Override
    public void abort()
    {
        // nothing is under way
    }

    @Override
    public boolean beginReceive(final long zxid, final long length)
    {
        return false;
    }

    @Override
    public boolean receive(final DirectBuffer buffer, final int offset, final int length)
    {
        return false;
    }

    @Override
    public boolean endReceive()
    {
        return false;
    }

    @Override
    public void abortReceive()
    {
        // nothing is under way
    }

    @Override
    public int poll(final SnapshotHandler handler)
    {
        return 0;
    }
}
