/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.EpochHandler;
import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.engine.port.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A disk that survives the node. It keeps log, snapshots and epochs in memory, and makes records durable when the test
 * says so.
 */
final class MemoryDisk implements Journal, SnapshotStore, EpochStore
{
    final TreeMap<Long, byte[]> log = new TreeMap<>();
    final List<byte[]> snapshot = new ArrayList<>();
    boolean isForcing = true;
    /** Whether the log accepts records. A real log does not while too many of them wait to be written. */
    boolean isTaking = true;
    boolean hasSpace = true;
    long snapshotZxid;

    /**
     * Number of snapshot records that the disk still accepts. Before-images may use all of it; other records wait when
     * half is used.
     */
    int snapshotRoom = Integer.MAX_VALUE;
    private int snapshotRoomAtBegin;
    private final List<byte[]> walking = new ArrayList<>();
    private long durableZxid;
    private long reportedZxid;
    private boolean wasSpace = true;
    private long walkingZxid;
    private long snapshotDigest;
    private boolean isPublished;
    private long acceptedEpoch;
    private long acceptedLeader;
    private long currentEpoch;
    private boolean isEpochDone;
    private final TreeMap<Long, Long> committed = new TreeMap<>();
    private long truncatedZxid = -1;

    private static byte[] copy(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    @Override
    public int replay(final long afterZxid, final ReplayHandler handler)
    {
        long last = afterZxid;
        for (final Map.Entry<Long, byte[]> record : log.tailMap(afterZxid, false).entrySet())
        {
            handler.onRecord(record.getKey(), committed.get(record.getKey()), new UnsafeBuffer(record.getValue()), 0,
                record.getValue().length);
            last = record.getKey();
        }
        durableZxid = last;
        reportedZxid = last;
        handler.onReplayEnd(last);
        return log.size();
    }

    @Override
    public boolean append(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        if (isTaking)
        {
            log.put(zxid, copy(buffer, offset, length));
            committed.put(zxid, committedZxid);
        }
        return isTaking;
    }

    @Override
    public int recordLengthMax()
    {
        return Integer.MAX_VALUE;
    }

    @Override
    public int poll(final DurabilityHandler handler)
    {
        if (wasSpace != hasSpace)
        {
            wasSpace = hasSpace;
            if (hasSpace)
            {
                handler.onSpaceAvailable();
            }
            else
            {
                handler.onSpaceExhausted();
            }
        }
        if (truncatedZxid >= 0)
        {
            reportedZxid = truncatedZxid;
            durableZxid = truncatedZxid;
            truncatedZxid = -1;
            handler.onTruncated(durableZxid);
        }
        durableZxid = isForcing && !log.isEmpty() ? Math.max(durableZxid, log.lastKey()) : durableZxid;
        if (durableZxid == reportedZxid)
        {
            return 0;
        }
        reportedZxid = durableZxid;
        handler.onDurable(durableZxid);
        return 1;
    }

    @Override
    public boolean truncate(final long zxid)
    {
        log.tailMap(zxid, false).clear();
        truncatedZxid = zxid;
        return true;
    }

    /** Whether the log still has a record that the newest snapshot makes needless. */
    boolean hasNeedlessRecords()
    {
        return !log.headMap(snapshotZxid, true).isEmpty();
    }

    @Override
    public void release(final long zxid)
    {
        log.headMap(zxid, true).clear();
    }

    @Override
    public int load(final SnapshotHandler handler)
    {
        handler.onLoadBegin(snapshotZxid);
        for (final byte[] record : snapshot)
        {
            handler.onLoadRecord(new UnsafeBuffer(record), 0, record.length);
        }
        handler.onLoadEnd(snapshotZxid, snapshot.size(), snapshotDigest);
        return snapshot.size();
    }

    @Override
    public boolean begin(final long zxid)
    {
        walkingZxid = zxid;
        snapshotRoomAtBegin = snapshotRoom;
        walking.clear();
        return true;
    }

    @Override
    public boolean write(final DirectBuffer buffer, final int offset, final int length)
    {
        return snapshotRoom > snapshotRoomAtBegin / 2 && writeBeforeImage(buffer, offset, length);
    }

    @Override
    public boolean writeBeforeImage(final DirectBuffer buffer, final int offset, final int length)
    {
        if (snapshotRoom == 0)
        {
            return false;
        }
        snapshotRoom--;
        walking.add(copy(buffer, offset, length));
        return true;
    }

    @Override
    public boolean finish(final long recordCount, final long digest)
    {
        snapshot.clear();
        snapshot.addAll(walking);
        snapshotZxid = walkingZxid;
        snapshotDigest = digest;
        isPublished = true;
        return true;
    }

    @Override
    public void abort()
    {
        walking.clear();
    }

    /** No other server could send a snapshot. */
    @Override
    public boolean beginReceive(final long zxid, final long length)
    {
        return false;
    }

    @Override
    public boolean receive(final DirectBuffer buffer, final int offset, final int length)
    {
        throw new IllegalStateException("no snapshot is being received");
    }

    @Override
    public boolean endReceive()
    {
        throw new IllegalStateException("no snapshot is being received");
    }

    @Override
    public void abortReceive()
    {
        // None is ever begun.
    }

    @Override
    public int poll(final SnapshotHandler handler)
    {
        if (!isPublished)
        {
            return 0;
        }
        isPublished = false;
        handler.onPublished(snapshotZxid, snapshotZxid);
        return 1;
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
        isEpochDone = true;
        return true;
    }

    @Override
    public int poll(final EpochHandler handler)
    {
        if (!isEpochDone)
        {
            return 0;
        }
        isEpochDone = false;
        handler.onEpochsDurable(acceptedEpoch, acceptedLeader, currentEpoch);
        return 1;
    }
}
