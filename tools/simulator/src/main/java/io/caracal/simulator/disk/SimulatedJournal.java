/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.ReplayHandler;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The log on a simulated disk. Appended records wait until no force is under way. Then they are handed to the system
 * and a new force begins; they become durable when it ends. So records form batches as on a real device. A truncation
 * takes effect as a whole, at the end of a force of its own.
 */
public final class SimulatedJournal implements Journal
{
    private static final int RECORD_LENGTH_MAX = 64 << 20;
    private static final int REPLAY_LIMIT = 64;
    private static final long NOTHING = -1;

    /** Accepted records that are not yet handed to the system. A crash loses them. */
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
    private long truncateZxid = NOTHING;
    private boolean isCutting;
    private boolean isCut;
    private boolean isHeld;

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
                checkWhole(stored);
                view.wrap(stored.bytes);
                handler.onRecord(stored.zxid, stored.committedZxid, view, 0, stored.bytes.length);
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
        if (isChanging())
        {
            return false;
        }

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
        int work = tellTruncation(handler);

        if (isReplayed && truncateZxid == NOTHING && disk.durableZxid() > toldZxid)
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
    public boolean truncate(final long zxid)
    {
        Invariant.check(isReplayed, "truncation before the end of the replay");
        if (isChanging())
        {
            return false;
        }

        Invariant.check(zxid >= disk.baseZxid && zxid >= disk.newestSnapshotZxid,
            "truncation below the base of the journal");
        Invariant.check(zxid == disk.baseZxid || zxid == appendedZxid || holds(zxid),
            "truncation to a record that the journal does not hold");

        truncateZxid = zxid;
        appendedZxid = zxid;
        disk.catchUp().onLogCut();
        return true;
    }

    @Override
    public void release(final long zxid)
    {
        disk.release(zxid);
    }

    /** Whether the replay is still delivering records of an earlier start. Nothing may be removed meanwhile. */
    boolean isReplaying()
    {
        return replay != null && !isReplayed;
    }

    /** Does what the journal thread would have done by now. */
    void work()
    {
        if (isForcing && !disk.areForcesHeld && !disk.areLogForcesHeld && disk.nowNs >= forceEndsNs)
        {
            isForcing = false;
            forced();
            if (isCutting)
            {
                cut();
            }
        }

        if (!isForcing && (!waiting.isEmpty() || (truncateZxid != NOTHING && !isCut)))
        {
            disk.unforced.addAll(waiting);
            waiting.clear();
            waitingBytes = 0;
            isForcing = true;
            isCutting = truncateZxid != NOTHING;
            forceEndsNs = disk.nowNs + disk.drawForceNs() + (isCutting ? disk.drawForceNs() : 0);
        }

        reserve();
    }

    /** Makes a truncation durable whose force is under way. */
    void completeTruncation()
    {
        if (isCutting)
        {
            forced();
            cut();
        }
    }

    /**
     * Stops taking appends until {@link #goOn}, because the whole history is about to be replaced. Returns false while
     * a truncation is under way.
     */
    boolean tryHold()
    {
        isHeld |= truncateZxid == NOTHING;
        return isHeld;
    }

    void goOn()
    {
        isHeld = false;
    }

    /** A snapshot replaced everything. */
    void replacedBy(final long zxid)
    {
        waiting.clear();
        waitingBytes = 0;
        isForcing = false;
        isReplayed = true;
        appendedZxid = zxid;
        toldZxid = zxid;
        roomLeft = disk.faults.segmentLength();
    }

    private void forced()
    {
        disk.durable.addAll(disk.unforced);
        disk.unforced.clear();
    }

    private void cut()
    {
        while (disk.durableZxid() > truncateZxid)
        {
            disk.durable.remove(disk.durable.size() - 1);
        }

        isCutting = false;
        isCut = true;
    }

    private int tellTruncation(final DurabilityHandler handler)
    {
        if (!isCut)
        {
            return 0;
        }

        final long zxid = truncateZxid;
        truncateZxid = NOTHING;
        isCut = false;
        toldZxid = zxid;
        handler.onTruncated(zxid);
        return 1;
    }

    /** Whether the end of the log is about to change, or has changed without the handler having been told. */
    private boolean isChanging()
    {
        return truncateZxid != NOTHING || isHeld;
    }

    private boolean holds(final long zxid)
    {
        final StoredRecord found = disk.recordAfter(zxid - 1);
        return (found != null && found.zxid == zxid) || waiting.stream().anyMatch(record -> record.zxid == zxid);
    }

    private static void checkWhole(final StoredRecord stored)
    {
        if (!stored.isWhole())
        {
            throw new CorruptionException("simulated log, record 0x" + Long.toHexString(stored.zxid) +
                ": no valid record, but a later one proves that there was a durable one. Start from a backup.");
        }
    }

    /**
     * Reserves room for the next segment, like a real log. When no more room can be had, the end of the present segment
     * is kept in reserve.
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

        // Records that a killed process left in the system's memory are forced before they are delivered.
        forced();
        appendedZxid = disk.durableZxid();
        toldZxid = appendedZxid;
        if (appendedZxid < Math.max(afterZxid, disk.newestSnapshotZxid))
        {
            throw new CorruptionException("simulated log, offset 0: ends at zxid " + appendedZxid +
                ", before the snapshot. Start from a backup.");
        }

        replay = List.copyOf(disk.durable).iterator();
    }
}
