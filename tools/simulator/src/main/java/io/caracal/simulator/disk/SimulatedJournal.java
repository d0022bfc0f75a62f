/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.ReplayHandler;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The log on a simulated disk. Records wait, are handed to the system when no force is under way, and become durable
 * when the force ends that began after that: so batches form as they do on a real one.
 */
public final class SimulatedJournal implements Journal
{
    private static final int RECORD_LENGTH_MAX = 64 << 20;
    private static final int REPLAY_LIMIT = 64;

    /** Accepted, not yet handed to the system: a crash loses it. */
    final ArrayDeque<StoredRecord> waiting = new ArrayDeque<>();

    private final SimulatedDisk disk;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private Iterator<StoredRecord> replay;
    private boolean isReplayed;
    private long appendedZxid;
    private long toldZxid;
    private long waitingBytes;
    private long forceEndsNs;
    private boolean isForcing;
    private long roomLeft;
    private boolean isExhausted;
    private boolean toldExhausted;

    SimulatedJournal(final SimulatedDisk disk)
    {
        this.disk = disk;
        this.roomLeft = disk.faults.segmentLength();
    }

    @Override
    public int replay(final long afterZxid, final ReplayHandler handler)
    {
        Invariant.check(!isReplayed, "replay after its end");
        if (replay == null)
        {
            startReplay(afterZxid);
        }

        int count = 0;
        while (count < REPLAY_LIMIT && replay.hasNext())
        {
            final StoredRecord stored = replay.next();
            if (stored.zxid > afterZxid)
            {
                view.wrap(stored.bytes);
                handler.onRecord(stored.zxid, view, 0, stored.bytes.length);
                count++;
            }
        }

        if (!replay.hasNext())
        {
            isReplayed = true;
            handler.onReplayEnd(appendedZxid);
        }

        return count;
    }

    @Override
    public boolean append(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        Invariant.check(isReplayed, "append before the end of the replay");
        Invariant.check(zxid > appendedZxid, "append out of order");
        Invariant.check(length > 0 && length <= RECORD_LENGTH_MAX, "record length out of range");

        final boolean isFull = isExhausted && length > roomLeft;
        final boolean isBehind = waitingBytes > 0 && waitingBytes + length > disk.faults.ringLength();
        if (isFull || isBehind)
        {
            return false;
        }

        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        waiting.add(new StoredRecord(zxid, committedZxid, bytes));
        waitingBytes += length;
        roomLeft -= length;
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
        int work = 0;

        if (isReplayed && disk.durableZxid() > toldZxid)
        {
            toldZxid = disk.durableZxid();
            handler.onDurable(toldZxid);
            work++;
        }

        if (isExhausted != toldExhausted)
        {
            toldExhausted = isExhausted;
            work++;
            if (isExhausted)
            {
                handler.onSpaceExhausted();
            }
            else
            {
                handler.onSpaceAvailable();
            }
        }

        return work;
    }

    @Override
    public void release(final long zxid)
    {
        disk.release(zxid);
    }

    /** What the journal's own thread would do by now. */
    void work()
    {
        if (isForcing && !disk.areForcesHeld && disk.nowNs >= forceEndsNs)
        {
            isForcing = false;
            disk.durable.addAll(disk.unforced);
            disk.unforced.clear();
        }

        if (!isForcing && !waiting.isEmpty())
        {
            disk.unforced.addAll(waiting);
            waiting.clear();
            waitingBytes = 0;
            isForcing = true;
            forceEndsNs = disk.nowNs + disk.drawForceNs();
        }

        reserve();
    }

    /**
     * Like a real log, it has the room of one segment, the end of which is kept back when there is no more to be had.
     */
    private void reserve()
    {
        if (roomLeft <= disk.faults.reserveLength())
        {
            isExhausted = disk.isFull;
            roomLeft = disk.isFull ? roomLeft : disk.faults.segmentLength();
        }
        else
        {
            isExhausted = false;
        }
    }

    private void startReplay(final long afterZxid)
    {
        if (disk.baseZxid > afterZxid)
        {
            throw new CorruptionException("simulated log, offset 0: begins after zxid " + disk.baseZxid +
                ", but is needed from " + afterZxid + " on. Start from another snapshot.");
        }

        // What a killed process left in the system's memory is forced before it is told.
        disk.durable.addAll(disk.unforced);
        disk.unforced.clear();
        appendedZxid = disk.durableZxid();
        toldZxid = appendedZxid;
        if (appendedZxid < Math.max(afterZxid, disk.newestSnapshotZxid))
        {
            throw new CorruptionException("simulated log, offset 0: ends at zxid " + appendedZxid +
                ", before the snapshot. Start from a backup.");
        }

        replay = disk.durable.iterator();
    }
}
