/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.CatchUpHandler;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.log.HistoryListener;
import io.caracal.journal.log.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine's side of history for learners: keeps the open reads, and hands over a bounded piece of each at every
 * poll.
 */
public final class FileCatchUp implements CatchUp, HistoryListener
{
    private final Manifest manifest;
    private final CatchUpDuty duty;
    private final Doorbell bulk;
    private final List<OpenRead> reads = new ArrayList<>();
    private final List<OpenRead> polled = new ArrayList<>();
    private long unreadableZxid;

    /**
     * Creates an instance with no open read.
     *
     * @param manifest of the log.
     * @param duty     reads, on the bulk thread.
     * @param bulk     wakes that thread.
     */
    public FileCatchUp(final Manifest manifest, final CatchUpDuty duty, final Doorbell bulk)
    {
        this.manifest = manifest;
        this.duty = duty;
        this.bulk = bulk;
        KindsOfBuffers.load();
    }

    @Override
    public long firstZxid()
    {
        return Math.max(manifest.baseZxid(), unreadableZxid <= manifest.snapshotZxid() ? unreadableZxid : 0);
    }

    @Override
    public long snapshotZxid()
    {
        return manifest.snapshotZxid() > 0 ? manifest.snapshotZxid() : CatchUp.NONE;
    }

    @Override
    public boolean openLog(final long readId, final long afterZxid, final long upToZxid)
    {
        Invariant.check(upToZxid >= afterZxid, "a read of the log ends before it begins");
        return tryOpen(OpenRead.ofLog(readId, afterZxid, upToZxid));
    }

    @Override
    public void extend(final long readId, final long upToZxid)
    {
        final OpenRead read = find(readId);
        if (read != null && read.isLog())
        {
            Invariant.check(upToZxid >= read.upToZxid(), "a read of the log is extended backwards");
            read.extend(upToZxid);
            bulk.ring();
        }
    }

    @Override
    public boolean openSnapshot(final long readId)
    {
        return manifest.snapshotZxid() > 0 && tryOpen(OpenRead.ofSnapshot(readId, manifest.snapshotZxid()));
    }

    /** Goes over a copy of the reads, because the handler may open and close reads. */
    @Override
    public int poll(final CatchUpHandler handler)
    {
        int work = 0;
        boolean isWaitedFor = false;

        polled.addAll(reads);
        for (int i = 0; i < polled.size(); i++)
        {
            final OpenRead read = polled.get(i);
            if (!read.isClosed())
            {
                work += read.hasFailed() ? tellFailure(read, handler) : read.poll(handler);
                isWaitedFor |= read.takeProducerWaits();
            }
        }

        polled.clear();
        if (isWaitedFor)
        {
            bulk.ring();
        }

        return work;
    }

    @Override
    public void close(final long readId)
    {
        final OpenRead read = find(readId);
        if (read != null)
        {
            reads.remove(read);
            read.close();
            bulk.ring();
        }
    }

    @Override
    public void onTruncate()
    {
        unreadableZxid = 0;
        for (final OpenRead read : reads)
        {
            if (read.isLog())
            {
                read.fail();
            }
        }
    }

    @Override
    public void onReplace()
    {
        unreadableZxid = 0;
        reads.forEach(OpenRead::fail);
    }

    private int tellFailure(final OpenRead read, final CatchUpHandler handler)
    {
        unreadableZxid = read.unreadableZxid(unreadableZxid);
        close(read.readId());
        handler.onReadFailed(read.readId(), read.isUnreadable());
        return 1;
    }

    private boolean tryOpen(final OpenRead read)
    {
        Invariant.check(find(read.readId()) == null, "id of a read used twice");
        if (!duty.tryOpen(read))
        {
            return false;
        }

        reads.add(read);
        bulk.ring();
        return true;
    }

    private OpenRead find(final long readId)
    {
        for (int i = 0; i < reads.size(); i++)
        {
            if (reads.get(i).readId() == readId)
            {
                return reads.get(i);
            }
        }

        return null;
    }
}
