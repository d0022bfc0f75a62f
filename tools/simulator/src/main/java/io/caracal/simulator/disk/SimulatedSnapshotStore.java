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
import org.agrona.concurrent.UnsafeBuffer;

/** Snapshots on a simulated disk. What is under way at a crash is gone; what was published stays. */
public final class SimulatedSnapshotStore implements SnapshotStore
{
    private static final int RETAIN_COUNT = 3;
    private static final int LOAD_LIMIT = 64;

    private final SimulatedDisk disk;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private Deque<StoredSnapshot> candidates;
    private StoredSnapshot loading;
    private Iterator<byte[]> records;
    private StoredSnapshot underWay;
    private boolean hasFailed;
    private StoredSnapshot published;
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
        if (underWay != null || disk.isFull)
        {
            return false;
        }

        underWay = new StoredSnapshot(zxid);
        hasFailed = false;
        return true;
    }

    @Override
    public boolean write(final DirectBuffer buffer, final int offset, final int length)
    {
        Invariant.check(underWay != null, "snapshot record without a snapshot");
        if (writableBytes <= 0)
        {
            return false;
        }

        writableBytes -= length;
        hasFailed |= disk.isFull;
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        underWay.records.add(bytes);
        underWay.byteCount += length;
        return true;
    }

    @Override
    public boolean finish(final long recordCount, final long digest)
    {
        Invariant.check(underWay != null, "end of a snapshot without a snapshot");
        Invariant.check(hasFailed || recordCount == underWay.records.size(), "record count of a snapshot");
        underWay.digest = digest;
        underWay.isFinished = true;
        return true;
    }

    @Override
    public void abort()
    {
        underWay = null;
        published = null;
        hasFailed = false;
    }

    @Override
    public int poll(final SnapshotHandler handler)
    {
        if (underWay == null || !(hasFailed || published == underWay))
        {
            return 0;
        }

        final StoredSnapshot ended = underWay;
        underWay = null;
        published = null;
        if (hasFailed)
        {
            hasFailed = false;
            handler.onFailed(ended.zxid);
        }
        else
        {
            handler.onPublished(ended.zxid, oldestKept());
        }

        return 1;
    }

    /** What the bulk thread would do by now. */
    void work()
    {
        writableBytes = disk.faults.ringLength();
        if (underWay != null && underWay.isFinished && !hasFailed && published == null &&
            disk.durableZxid() >= underWay.zxid && !disk.areForcesHeld)
        {
            published = underWay;
            disk.snapshots.put(published.zxid, published);
            disk.newestSnapshotZxid = Math.max(disk.newestSnapshotZxid, published.zxid);
        }
    }

    private int beginLoad(final SnapshotHandler handler)
    {
        StoredSnapshot candidate = candidates.pollFirst();
        while (candidate != null && (candidate.isDamaged || (candidate.zxid < disk.baseZxid)))
        {
            candidate = candidates.pollFirst();
        }

        if (candidate != null)
        {
            loading = candidate;
            records = candidate.records.iterator();
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
        while (count < LOAD_LIMIT && records.hasNext())
        {
            final byte[] bytes = records.next();
            view.wrap(bytes);
            handler.onLoadRecord(view, 0, bytes.length);
            count++;
        }

        if (!records.hasNext())
        {
            handler.onLoadEnd(loading.zxid, loading.records.size(), loading.digest);
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
