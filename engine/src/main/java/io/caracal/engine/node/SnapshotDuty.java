/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.SeededRandom;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.engine.port.SnapshotStore;
import io.caracal.engine.snapshot.SnapshotLoader;
import io.caracal.engine.snapshot.SnapshotPace;
import io.caracal.engine.snapshot.SnapshotSchedule;
import io.caracal.engine.snapshot.SnapshotSettings;
import io.caracal.engine.snapshot.SnapshotWalk;
import io.caracal.engine.zab.EpochEnds;
import org.agrona.DirectBuffer;

/**
 * Takes snapshots when they are due. It walks a slice of the tree in each duty cycle, as its pace allows, and a smaller
 * one while there is other work. When the snapshot is published, it tells the journal what is no longer needed. A
 * snapshot is given up when znodes change faster than the store takes their before-images. Another one then begins
 * after a pause, which grows each time. None begins while a restore is open, because a snapshot holds only the tree
 * that is served.
 */
final class SnapshotDuty implements SnapshotHandler, AutoCloseable
{
    private static final long NONE = -1;

    private final NodeContext context;
    private final CycleLimits limits;
    private final Replica replica;
    private final EventSink events;
    private final SnapshotStore store;
    private final SnapshotLoader loader;
    private final SnapshotWalk walk;
    private final SnapshotSchedule schedule;
    private final SnapshotPace pace;
    private final SnapshotRetry retry = new SnapshotRetry();
    private SnapshotReceiver receiver;
    private boolean isSuspended;
    private boolean isPutOff;
    private boolean isDemanded;

    /**
     * A snapshot was begun and is neither published nor given up. The store may have all of it and only wait for the
     * log.
     */
    private boolean isUnderWay;

    /** A walk was begun, and it has neither ended nor been stopped here. */
    private boolean isWalking;
    private long spentBytes;
    private long nowNs;
    private long nowMs;
    private long lastZxid = NONE;
    private long lastTimeMs = NONE;

    SnapshotDuty(final NodeContext context, final Replica replica, final EpochEnds epochEnds,
        final SeededRandom random)
    {
        this.context = context;
        limits = context.cycleLimits();
        this.replica = replica;
        events = context.ports().events();
        store = context.ports().snapshots();
        loader = ReplicaImage.loader(replica, epochEnds);
        walk = ReplicaImage.walk(store, context.ledger(), replica, epochEnds);
        schedule = new SnapshotSchedule(context.snapshotSettings(), random);
        pace = new SnapshotPace(context.snapshotSettings().bytesPerSecond());
    }

    SnapshotLoader loader()
    {
        return loader;
    }

    void time(final long newNowNs, final long newNowMs)
    {
        nowNs = newNowNs;
        nowMs = newNowMs;
    }

    void onLoaded(final long zxid)
    {
        lastZxid = zxid == 0 ? NONE : zxid;
    }

    void onApplied(final int length)
    {
        schedule.onTxn(length);
    }

    /** Sets when snapshots are due and how fast they are written, from now on. */
    void settings(final SnapshotSettings settings)
    {
        schedule.settings(settings);
        pace.bytesPerSecond(settings.bytesPerSecond());
    }

    /** Asks for a snapshot as soon as possible. */
    void demand()
    {
        isDemanded = true;
    }

    int doWork(final boolean isIdle)
    {
        int work = store.poll(this);
        if (walk.isRunning())
        {
            work += walk(isIdle ? limits.idleSnapshotRecords() : limits.snapshotRecords());
        }
        else if (isWalking)
        {
            work += onGivenUp();
        }
        else if (!isSuspended && !replica.restore().isOpen() && (isDemanded || isDue()) && !isWaiting())
        {
            work += begin();
        }

        return work;
    }

    private boolean isWaiting()
    {
        return retry.isWaiting(nowNs);
    }

    private boolean isDue()
    {
        return isPutOff ? schedule.isLongDue() : schedule.isDue();
    }

    private int walk(final int recordLimit)
    {
        pace.advance(nowNs);
        spend();
        if (!pace.isOpen())
        {
            return 0;
        }

        final int work = walk.doWork(recordLimit, pace.budget());
        spend();
        if (!walk.isRunning())
        {
            endOfWalk();
        }

        return work;
    }

    /**
     * Tells the pace how much was written since the last call. This includes before-images that were written between
     * two slices, because their znodes were about to change.
     */
    private void spend()
    {
        pace.spend(walk.byteCount() - spentBytes);
        spentBytes = walk.byteCount();
    }

    private void endOfWalk()
    {
        isWalking = false;
        events.onGauge(Gauge.SNAPSHOT_RUNNING, 0);
    }

    /**
     * Gives up a walk because the store refused one of its before-images. A write cannot wait for that, and without it
     * the snapshot would not be exact. Another snapshot is tried after a pause, which grows each time.
     */
    private int onGivenUp()
    {
        endOfWalk();
        isUnderWay = false;
        isDemanded = true;
        retry.onGivenUp(nowNs);
        events.onCount(Count.SNAPSHOTS_FAILED, 1);
        events.onNotice("a snapshot was given up, because znodes changed faster than the disk took what they were",
            context.serverId());

        return 1;
    }

    private int begin()
    {
        if (walk.begin(replica.lastAppliedZxid()))
        {
            isDemanded = false;
            isUnderWay = true;
            isWalking = true;
            pace.begin(nowNs);
            spentBytes = 0;
            schedule.restart();
            events.onGauge(Gauge.SNAPSHOT_RUNNING, 1);
            return 1;
        }

        retry.onRefused(nowNs);

        return 0;
    }

    /**
     * Sets whether this server has more urgent work than to begin a snapshot. A server that does not serve yet catches
     * up, and applies so many transactions that snapshots would be due all the time. A snapshot that is under way goes
     * on.
     */
    void putOff(final boolean newIsPutOff)
    {
        isPutOff = newIsPutOff;
    }

    /** When a walk that the pace holds up may go on; {@link Long#MAX_VALUE} when none is held up. */
    long nextDeadlineNs()
    {
        return walk.isRunning() && !pace.isOpen() ? pace.nextNs() : Long.MAX_VALUE;
    }

    long lastZxid()
    {
        return lastZxid;
    }

    long lastTimeMs()
    {
        return lastTimeMs;
    }

    @Override
    public void onPublished(final long zxid, final long keepsFrom)
    {
        isUnderWay = false;
        retry.onPublished();
        lastZxid = zxid;
        lastTimeMs = nowMs;
        events.onCount(Count.SNAPSHOTS, 1);
        context.ports().journal().release(keepsFrom);
    }

    @Override
    public void onFailed(final long zxid)
    {
        isUnderWay = false;
        walk.onFailed(zxid);
        endOfWalk();
        events.onCount(Count.SNAPSHOTS_FAILED, 1);
    }

    @Override
    public void onLoadBegin(final long zxid)
    {
        throw new IllegalStateException("a snapshot is loaded while the server runs");
    }

    @Override
    public void onLoadRecord(final DirectBuffer buffer, final int offset, final int length)
    {
        throw new IllegalStateException("a snapshot is loaded while the server runs");
    }

    @Override
    public void onLoadEnd(final long zxid, final long recordCount, final long digest)
    {
        throw new IllegalStateException("a snapshot is loaded while the server runs");
    }

    @Override
    public void onReceived(final long receivedZxid)
    {
        lastZxid = receivedZxid;
        lastTimeMs = nowMs;
        receiver.onReceived(receivedZxid);
    }

    @Override
    public void onReceiveFailed(final long receivedZxid)
    {
        receiver.onReceiveFailed();
    }

    /** Sets who is told the outcome of receiving a snapshot from another server. */
    void receiver(final SnapshotReceiver newReceiver)
    {
        receiver = newReceiver;
    }

    /**
     * The tree is about to be replaced. A snapshot that is under way is given up, even if it only waits to be
     * published, and none begins before {@link #resume}.
     */
    void suspend()
    {
        isSuspended = true;
        giveUp();
    }

    /** Gives up a snapshot that is under way, because the tree that it shows is about to be replaced. */
    void giveUp()
    {
        if (walk.isRunning())
        {
            walk.abort();
            endOfWalk();
        }
        else if (isUnderWay)
        {
            store.abort();
        }
        isUnderWay = false;
    }

    /** The tree is whole again, so that snapshots may begin. */
    void resume()
    {
        isSuspended = false;
    }

    @Override
    public void close()
    {
        walk.close();
    }
}
