/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.engine.port.SnapshotStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.agrona.DirectBuffer;

/**
 * Snapshots on a simulated disk. A crash drops a snapshot that is under way and keeps all published ones. A received
 * snapshot replaces everything in one step, so that a crash leaves the replacement either undone or done.
 */
public final class SimulatedSnapshotStore implements SnapshotStore
{
    private static final int RETAIN_COUNT = 3;

    private final SimulatedDisk disk;
    private Deque<StoredSnapshot> candidates;
    private StoredSnapshot loading;
    private int loadPosition;
    private SnapshotBuilder underWay;
    private StoredSnapshot finished;
    private boolean hasFailed;
    private boolean isPublished;
    private IncomingSnapshot incoming;
    private long writableBytes;

    SimulatedSnapshotStore(final SimulatedDisk disk)
    {
        this.disk = disk;
        this.writableBytes = disk.faults.ringLength();
    }

    @Override
    public int load(final SnapshotHandler handler)
    {
        if (candidates == null)
        {
            candidates = new ArrayDeque<>(disk.snapshots.descendingMap().values());
        }

        return loading == null ? beginLoad(handler) : deliver(handler);
    }

    @Override
    public boolean begin(final long zxid)
    {
        if (underWay != null || incoming != null || disk.isFull)
        {
            return false;
        }

        underWay = new SnapshotBuilder(zxid);
        finished = null;
        hasFailed = false;
        return true;
    }

    @Override
    public boolean write(final DirectBuffer buffer, final int offset, final int length)
    {
        return writableBytes > disk.faults.ringLength() / 2 && writeBeforeImage(buffer, offset, length);
    }

    @Override
    public boolean writeBeforeImage(final DirectBuffer buffer, final int offset, final int length)
    {
        Invariant.check(underWay != null, "snapshot record without a snapshot");
        if (writableBytes <= 0)
        {
            return false;
        }

        writableBytes -= length;
        hasFailed |= disk.isFull;
        underWay.add(buffer, offset, length);
        return true;
    }

    @Override
    public boolean finish(final long recordCount, final long digest)
    {
        Invariant.check(underWay != null, "end of a snapshot without a snapshot");
        Invariant.check(hasFailed || recordCount == underWay.recordCount(), "record count of a snapshot");
        finished = underWay.finished(digest);
        return true;
    }

    @Override
    public void abort()
    {
        underWay = null;
        finished = null;
        isPublished = false;
        hasFailed = false;
    }

    @Override
    public boolean beginReceive(final long zxid, final long length)
    {
        Invariant.check(zxid > 0 && length > 0, "received snapshot out of range");
        Invariant.check(underWay == null, "received snapshot beside one under way");
        if (incoming != null || disk.isFull)
        {
            return false;
        }

        incoming = new IncomingSnapshot(zxid, length);
        return true;
    }

    @Override
    public boolean receive(final DirectBuffer buffer, final int offset, final int length)
    {
        Invariant.check(incoming != null && !incoming.isEnded, "bytes without a snapshot being received");
        if (writableBytes <= 0)
        {
            return false;
        }

        writableBytes -= length;
        incoming.hasFailed |= disk.isFull;
        incoming.take(buffer, offset, length);
        return true;
    }

    @Override
    public boolean endReceive()
    {
        Invariant.check(incoming != null && !incoming.isEnded, "end without a snapshot being received");
        if (!disk.journal().tryHold())
        {
            return false;
        }

        incoming.isEnded = true;
        incoming.endsNs = disk.nowNs + disk.drawForceNs() + disk.drawForceNs();
        return true;
    }

    @Override
    public void abortReceive()
    {
        if (incoming != null && !incoming.isEnded)
        {
            incoming = null;
        }
    }

    @Override
    public int poll(final SnapshotHandler handler)
    {
        return pollOwn(handler) + pollIncoming(handler);
    }

    /** Does what the bulk thread would have done by now. */
    void work()
    {
        writableBytes = disk.faults.ringLength();
        if (finished != null && !hasFailed && !isPublished && disk.durableZxid() >= finished.zxid &&
            !disk.areForcesHeld)
        {
            isPublished = true;
            disk.snapshots.put(finished.zxid, finished);
            disk.newestSnapshotZxid = Math.max(disk.newestSnapshotZxid, finished.zxid);
        }

        if (incoming != null && incoming.isEnded && !disk.areForcesHeld && disk.nowNs >= incoming.endsNs)
        {
            completeReceive();
        }
    }

    /** Replaces everything by the received snapshot, if its end was announced and its file is whole. */
    void completeReceive()
    {
        if (incoming == null || !incoming.isEnded || incoming.isSwitched || incoming.hasFailed)
        {
            return;
        }

        final StoredSnapshot snapshot = incoming.verified();
        if (snapshot == null || disk.isFull)
        {
            incoming.hasFailed = true;
            return;
        }

        disk.replaceBy(snapshot);
        incoming.isSwitched = true;
    }

    private int pollOwn(final SnapshotHandler handler)
    {
        if (underWay == null || !(hasFailed || isPublished))
        {
            return 0;
        }

        final long zxid = underWay.zxid;
        final boolean wasPublished = isPublished;
        abort();
        if (wasPublished)
        {
            handler.onPublished(zxid, oldestKept());
        }
        else
        {
            handler.onFailed(zxid);
        }

        return 1;
    }

    private int pollIncoming(final SnapshotHandler handler)
    {
        if (incoming == null || !(incoming.hasFailed || incoming.isSwitched))
        {
            return 0;
        }

        final IncomingSnapshot ended = incoming;
        incoming = null;
        disk.journal().goOn();
        if (ended.isSwitched)
        {
            candidates = null;
            loading = null;
            handler.onReceived(ended.zxid);
        }
        else
        {
            handler.onReceiveFailed(ended.zxid);
        }

        return 1;
    }

    private int beginLoad(final SnapshotHandler handler)
    {
        StoredSnapshot candidate = candidates.pollFirst();
        while (candidate != null && (!candidate.isWhole() || candidate.zxid < disk.baseZxid))
        {
            candidate = candidates.pollFirst();
        }

        if (candidate != null)
        {
            // What is checked is what is loaded. Otherwise damage in between would look like a bug of the server.
            loading = new StoredSnapshot(candidate.zxid, candidate.file.clone());
            loadPosition = StoredSnapshot.HEAD_LENGTH;
            handler.onLoadBegin(candidate.zxid);
            return 0;
        }

        if (disk.baseZxid > 0)
        {
            throw new CorruptionException("simulated snapshots, offset 0: none is whole. Start from a backup.");
        }

        handler.onLoadBegin(0);
        handler.onLoadEnd(0, 0, 0);
        return 0;
    }

    private int deliver(final SnapshotHandler handler)
    {
        int count = 0;
        while (count < disk.loadLimit && loading.lengthAt(loadPosition) != StoredSnapshot.END_MARK)
        {
            final int length = loading.lengthAt(loadPosition);
            handler.onLoadRecord(loading.view(), loadPosition + Integer.BYTES, length);
            loadPosition += Integer.BYTES + length;
            count++;
        }

        if (loading.lengthAt(loadPosition) == StoredSnapshot.END_MARK)
        {
            handler.onLoadEnd(loading.zxid, loading.recordCount(), loading.digest());
        }

        return count;
    }

    private long oldestKept()
    {
        final Iterator<Long> newestFirst = disk.snapshots.descendingKeySet().iterator();
        long zxid = 0;
        for (int i = 0; i < RETAIN_COUNT && newestFirst.hasNext(); i++)
        {
            zxid = newestFirst.next();
        }

        return zxid;
    }
}
