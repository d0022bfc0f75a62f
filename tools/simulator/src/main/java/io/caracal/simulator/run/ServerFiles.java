/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.EpochHandler;
import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.engine.port.SnapshotStore;
import io.caracal.simulator.disk.SimulatedDisk;
import org.agrona.DirectBuffer;

/**
 * The log, snapshots and epochs of one server. Passes all calls on to the disk, and reports them to checkers and trace.
 */
final class ServerFiles implements Journal, SnapshotStore, EpochStore
{
    /** Number of snapshots kept. It is the smallest number that a journal keeps, so that learners need snapshots. */
    private static final int SNAPSHOTS_KEPT = 3;

    private final SimulatedDisk disk;
    private final Checkers checkers;
    private final Trace trace;
    private final Clock clock;
    private final Runnable news;
    private final String name;
    private final long serverId;
    private boolean isGone;

    /** Returns true time. */
    interface Clock
    {
        long nowNs();
    }

    ServerFiles(final long serverId, final SimulatedDisk disk, final Checkers checkers, final Trace trace,
        final Clock clock, final Runnable news)
    {
        this.news = news;
        this.serverId = serverId;
        this.disk = disk;
        this.checkers = checkers;
        this.trace = trace;
        this.clock = clock;
        name = SimulatedServer.name(serverId);
    }

    /** The process has gone. Calls of its objects that are being closed no longer reach the disk. */
    void onProcessGone()
    {
        isGone = true;
    }

    @Override
    public int replay(final long afterZxid, final ReplayHandler handler)
    {
        return disk.journal().replay(afterZxid, new ReplayHandler()
        {
            @Override
            public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer,
                final int offset, final int length)
            {
                trace.hash(name, "replays", zxid);
                checkers.log.onLogged(serverId, zxid, copy(buffer, offset, length), clock.nowNs());
                handler.onRecord(zxid, committedZxid, buffer, offset, length);
            }

            @Override
            public void onReplayEnd(final long lastZxid)
            {
                trace.zxid(name, "has replayed up to", lastZxid, null);
                handler.onReplayEnd(lastZxid);
            }
        });
    }

    @Override
    public boolean append(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        final boolean isTaken = disk.journal().append(zxid, committedZxid, buffer, offset, length);

        if (isTaken)
        {
            trace.hash(name, "appends", zxid);
            checkers.log.onLogged(serverId, zxid, copy(buffer, offset, length), clock.nowNs());
        }

        return isTaken;
    }

    @Override
    public int recordLengthMax()
    {
        return disk.journal().recordLengthMax();
    }

    @Override
    public int poll(final DurabilityHandler handler)
    {
        return disk.journal().poll(new DurabilityHandler()
        {
            @Override
            public void onDurable(final long zxid)
            {
                trace.hash(name, "is durable up to", zxid);
                handler.onDurable(zxid);
            }

            @Override
            public void onTruncated(final long zxid)
            {
                trace.zxid(name, "has cut its log after", zxid, null);
                news.run();
                handler.onTruncated(zxid);
            }

            @Override
            public void onSpaceExhausted()
            {
                trace.add(name, "has no space left", 0, null);
                handler.onSpaceExhausted();
            }

            @Override
            public void onSpaceAvailable()
            {
                trace.add(name, "has space again", 0, null);
                handler.onSpaceAvailable();
            }
        });
    }

    @Override
    public boolean truncate(final long zxid)
    {
        final boolean isTaken = disk.journal().truncate(zxid);

        if (isTaken)
        {
            trace.zxid(name, "cuts its log after", zxid, null);
            checkers.log.onTruncated(serverId, zxid);
        }

        return isTaken;
    }

    @Override
    public void release(final long zxid)
    {
        disk.journal().release(zxid);
    }

    @Override
    public int load(final SnapshotHandler handler)
    {
        return disk.snapshotStore().load(witness(handler));
    }

    @Override
    public boolean begin(final long zxid)
    {
        return disk.snapshotStore().begin(zxid);
    }

    @Override
    public boolean write(final DirectBuffer buffer, final int offset, final int length)
    {
        return disk.snapshotStore().write(buffer, offset, length);
    }

    @Override
    public boolean writeBeforeImage(final DirectBuffer buffer, final int offset, final int length)
    {
        return disk.snapshotStore().writeBeforeImage(buffer, offset, length);
    }

    @Override
    public boolean finish(final long recordCount, final long digest)
    {
        return disk.snapshotStore().finish(recordCount, digest);
    }

    @Override
    public void abort()
    {
        if (!isGone)
        {
            disk.snapshotStore().abort();
        }
    }

    @Override
    public boolean beginReceive(final long zxid, final long length)
    {
        return disk.snapshotStore().beginReceive(zxid, length);
    }

    @Override
    public boolean receive(final DirectBuffer buffer, final int offset, final int length)
    {
        return disk.snapshotStore().receive(buffer, offset, length);
    }

    @Override
    public boolean endReceive()
    {
        return disk.snapshotStore().endReceive();
    }

    @Override
    public void abortReceive()
    {
        if (!isGone)
        {
            disk.snapshotStore().abortReceive();
        }
    }

    @Override
    public int poll(final SnapshotHandler handler)
    {
        return disk.snapshotStore().poll(witness(handler));
    }

    @Override
    public long acceptedEpoch()
    {
        return disk.epochStore().acceptedEpoch();
    }

    @Override
    public long acceptedLeader()
    {
        return disk.epochStore().acceptedLeader();
    }

    @Override
    public long currentEpoch()
    {
        return disk.epochStore().currentEpoch();
    }

    @Override
    public boolean store(final long acceptedEpoch, final long acceptedLeader, final long currentEpoch)
    {
        final boolean isTaken = disk.epochStore().store(acceptedEpoch, acceptedLeader, currentEpoch);

        if (isTaken && currentEpoch > disk.currentEpoch())
        {
            checkers.words.onAdopting(serverId, currentEpoch, acceptedLeader == serverId, disk.durableZxid());
        }

        return isTaken;
    }

    @Override
    public int poll(final EpochHandler handler)
    {
        return disk.epochStore().poll((acceptedEpoch, acceptedLeader, currentEpoch) ->
        {
            trace.add(name, "has promised epoch", acceptedEpoch, "to " + acceptedLeader + ", adopted " + currentEpoch);
            checkers.epochs.onDurable(serverId, acceptedEpoch, acceptedLeader, currentEpoch);
            news.run();
            handler.onEpochsDurable(acceptedEpoch, acceptedLeader, currentEpoch);
        });
    }

    private SnapshotHandler witness(final SnapshotHandler handler)
    {
        return new SnapshotHandler()
        {
            @Override
            public void onLoadBegin(final long zxid)
            {
                handler.onLoadBegin(zxid);
            }

            @Override
            public void onLoadRecord(final DirectBuffer buffer, final int offset, final int length)
            {
                handler.onLoadRecord(buffer, offset, length);
            }

            @Override
            public void onLoadEnd(final long zxid, final long recordCount, final long digest)
            {
                trace.zxid(name, "has loaded a snapshot of", zxid, null);
                checkers.log.onLoaded(serverId, zxid);
                handler.onLoadEnd(zxid, recordCount, digest);
            }

            @Override
            public void onPublished(final long zxid, final long keepsFrom)
            {
                trace.zxid(name, "has published a snapshot of", zxid, null);
                checkers.log.onPublished(serverId, zxid);
                news.run();
                handler.onPublished(zxid, keepsFrom);
                disk.purge(SNAPSHOTS_KEPT);
            }

            @Override
            public void onFailed(final long zxid)
            {
                trace.zxid(name, "has given up a snapshot of", zxid, null);
                handler.onFailed(zxid);
            }

            @Override
            public void onReceived(final long zxid)
            {
                trace.zxid(name, "has received a snapshot of", zxid, null);
                checkers.log.onReplaced(serverId, zxid);
                news.run();
                handler.onReceived(zxid);
            }

            @Override
            public void onReceiveFailed(final long zxid)
            {
                trace.zxid(name, "could not receive a snapshot of", zxid, null);
                handler.onReceiveFailed(zxid);
            }
        };
    }

    private static byte[] copy(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);

        return bytes;
    }
}
