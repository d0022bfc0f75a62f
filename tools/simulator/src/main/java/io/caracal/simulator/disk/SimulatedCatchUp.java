/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.CatchUpHandler;
import io.caracal.simulator.disk.SimulatedRead.ReadFailure;
import java.util.ArrayList;
import java.util.List;

/** Reads history for learners from a simulated disk. It reads ahead as virtual time passes, and delivers in poll. */
public final class SimulatedCatchUp implements CatchUp
{
    private final SimulatedDisk disk;
    private final List<Open> reads = new ArrayList<>();
    private long damagedZxid;

    SimulatedCatchUp(final SimulatedDisk disk)
    {
        this.disk = disk;
    }

    @Override
    public long firstZxid()
    {
        return Math.max(disk.baseZxid, damagedZxid <= disk.newestSnapshotZxid ? damagedZxid : 0);
    }

    @Override
    public long snapshotZxid()
    {
        return disk.snapshots.isEmpty() ? NONE : disk.newestSnapshotZxid;
    }

    @Override
    public boolean openLog(final long readId, final long afterZxid, final long upToZxid)
    {
        Invariant.check(upToZxid >= afterZxid, "a read of the log ends before it begins");
        return tryOpen(new SimulatedLogRead(disk, readId, afterZxid, upToZxid));
    }

    @Override
    public void extend(final long readId, final long upToZxid)
    {
        for (final Open open : reads)
        {
            if (open.read.readId() == readId && open.read instanceof SimulatedLogRead log)
            {
                log.extend(upToZxid);
                open.progressNs = disk.nowNs;
            }
        }
    }

    @Override
    public boolean openSnapshot(final long readId)
    {
        final StoredSnapshot newest = disk.snapshots.get(disk.newestSnapshotZxid);
        return newest != null && tryOpen(new SimulatedFileRead(disk, readId, newest));
    }

    @Override
    public int poll(final CatchUpHandler handler)
    {
        int work = 0;
        for (final Open open : List.copyOf(reads))
        {
            work += poll(open, handler);
        }

        return work;
    }

    @Override
    public void close(final long readId)
    {
        reads.removeIf(open -> open.read.readId() == readId && open.isEnded());
    }

    /** Does what the bulk thread would have done by now. */
    void work()
    {
        for (final Open open : reads)
        {
            open.work(disk);
        }
    }

    /** The zxid after which open reads need all records. */
    long neededZxid()
    {
        long zxid = Long.MAX_VALUE;
        for (final Open open : reads)
        {
            zxid = open.hasFailed ? zxid : Math.min(zxid, open.read.neededZxid());
        }

        return zxid;
    }

    /** The end of the log changed, so a read of the log may have read records that no longer exist. */
    void onLogCut()
    {
        damagedZxid = 0;
        for (final Open open : reads)
        {
            open.hasFailed |= open.read instanceof SimulatedLogRead;
        }
    }

    /** The whole disk was replaced by a snapshot. */
    void onReplaced()
    {
        damagedZxid = 0;
        for (final Open open : reads)
        {
            open.hasFailed = true;
        }
    }

    private boolean tryOpen(final SimulatedRead read)
    {
        for (final Open open : reads)
        {
            Invariant.check(open.read.readId() != read.readId(), "id of a read used twice");
        }

        return reads.size() < READS_MAX && reads.add(new Open(read, disk.nowNs));
    }

    private int poll(final Open open, final CatchUpHandler handler)
    {
        if (open.isClosed)
        {
            return 0;
        }

        if (open.hasFailed)
        {
            damagedZxid = Math.max(damagedZxid, open.damagedZxid);
            close(open.read.readId());
            handler.onReadFailed(open.read.readId(), open.damagedZxid != 0);
            return 1;
        }

        final int work = open.read.deliver(handler);
        open.progressNs = work > 0 ? disk.nowNs : open.progressNs;
        return work;
    }

    /** An open read and its state. */
    private static final class Open
    {
        private final SimulatedRead read;
        private long progressNs;
        private long damagedZxid;
        private boolean hasFailed;
        private boolean isClosed;

        private Open(final SimulatedRead read, final long nowNs)
        {
            this.read = read;
            this.progressNs = nowNs;
        }

        /** Ends the read and marks it, so that a poll that is under way skips it as well. */
        private boolean isEnded()
        {
            isClosed = true;
            read.close();
            return true;
        }

        private void work(final SimulatedDisk disk)
        {
            try
            {
                progressNs = read.readAhead() ? disk.nowNs : progressNs;
                hasFailed |= disk.nowNs - progressNs > disk.faults.catchUpStallNs();
            }
            catch (final ReadFailure ex)
            {
                damagedZxid = ex.damagedZxid();
                hasFailed = true;
            }
        }
    }
}
