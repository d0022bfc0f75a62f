/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.SeededRandom;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.client.ClientDesk;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Journal;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.OwnedZnodes;
import io.caracal.engine.tree.TreeRoom;
import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.Epochs;
import io.caracal.engine.zab.HeardPromises;
import io.caracal.engine.zab.PeerLinks;
import io.caracal.engine.zab.PeerSender;
import io.caracal.engine.zab.Quorum;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.sync.TreeTarget;

/**
 * The parts of a server that do not depend on its role: its replica, its log and epochs, its clients, its links with
 * other servers. Roles work with the node. They come and go; the node stays.
 */
final class Node implements AutoCloseable
{
    private final NodeContext context;
    private final Replica replica;
    private final ClientDesk desk;
    private final Applying applying;
    private final SnapshotDuty snapshots;
    private final Quorum quorum;
    private final PeerLinks links;
    private final PeerSender sender;
    private final ServerLog log;
    private final Epochs epochs;
    private final HeardPromises heardPromises = new HeardPromises();
    private final DiskWatch disk;
    private final TreeRoom treeRoom;
    private final MemoryWatch memory;
    private final Patience patience;
    private final TreeTarget treeReplacement = new TreeReplacement(this);
    private final StallClock clock = new StallClock();
    private final UntoldTouches untoldTouches;
    private ReaperSettings reaperSettings;
    private long incarnation;
    private long round;
    private long conversation;
    private boolean isLeaving;
    private boolean isTrusted;
    private boolean haveVotersChanged;
    private boolean isSnapshotRefused;
    private long nowNs;
    private long nowMs;
    private boolean isAfterIdle;

    Node(final NodeContext context)
    {
        this.context = context;
        final MemoryLedger ledger = context.ledger();
        final SeededRandom random = new SeededRandom(context.randomSeed());
        epochs = new Epochs(context.ports().epochs());
        quorum = context.ensemble().members().quorum();
        links = new PeerLinks(context.ensemble().members(), context.serverId());
        sender = new PeerSender(context.peers());
        log = new ServerLog(context.ports().journal(), ledger, context.proposalRingLength());
        final EnsembleTimes times = context.ensemble().times();
        disk = new DiskWatch(log, epochs, events(), serverId(), times.syncLimitNs());
        patience = new Patience(links, members().size(), times);
        isTrusted = context.ensemble().isTrusted();
        haveVotersChanged = context.ensemble().haveVotersChanged();
        final DataTree tree = new DataTree(ledger, context.treeOptions());
        replica = new Replica(tree, new QuotaTable(tree, context.prepareSettings().enforceQuota()));
        treeRoom = new TreeRoom(ledger, replica.restore()::bytes, context.treeBytesMax());
        memory = new MemoryWatch(treeRoom, events(), serverId());
        desk = new ClientDesk(context.ports().clients(), events(), ledger, replica, context.clientSettings(),
            context.cycleLimits(), random, context.serverId(), NotServing.INTAKE);
        snapshots = new SnapshotDuty(context, replica, log.epochEnds(), random);
        applying = new Applying(this);
        untoldTouches = new UntoldTouches(this::nowNs, replica.sessions(), desk::hasFrameWaiting, sender);
        reaperSettings = context.reaperSettings();
    }

    /** Applies settings that an operator has changed while the server runs. */
    void tune(final Tuning tuning)
    {
        desk.tune(tuning.clients(), tuning.throttle());
        snapshots.settings(tuning.snapshots());
        reaperSettings = tuning.reaper();
        treeRoom.bytesMax(tuning.treeBytesMax());
    }

    ReaperSettings reaperSettings()
    {
        return reaperSettings;
    }

    Role firstRole()
    {
        return new Starting(this, context.ports().snapshots(), journal(), snapshots.loader());
    }

    void time(final long newNowNs, final long newNowMs)
    {
        nowNs = newNowNs;
        nowMs = newNowMs;
        clock.advance(newNowNs, isAfterIdle);
        patience.advance(clock.watchNs());
        desk.time(newNowNs, nowMs);
        snapshots.time(newNowNs, nowMs);
    }

    /** A duty cycle ends; {@code isIdle} tells that it had nothing to do. */
    void cycleEnded(final boolean isIdle)
    {
        isAfterIdle = isIdle;
    }

    long nowNs()
    {
        return nowNs;
    }

    /** The wall clock in this duty cycle, from which transactions get their times. */
    long nowMs()
    {
        return nowMs;
    }

    NodeContext context()
    {
        return context;
    }

    Replica replica()
    {
        return replica;
    }

    ClientDesk desk()
    {
        return desk;
    }

    MemoryLedger ledger()
    {
        return context.ledger();
    }

    Journal journal()
    {
        return context.ports().journal();
    }

    Epochs epochs()
    {
        return epochs;
    }

    /** The promises of other voters that this process has heard of. */
    HeardPromises heardPromises()
    {
        return heardPromises;
    }

    ServerLog log()
    {
        return log;
    }

    PeerLinks links()
    {
        return links;
    }

    PeerSender sender()
    {
        return sender;
    }

    Ensemble members()
    {
        return context.ensemble().members();
    }

    /** Whether there are no other servers. */
    boolean isAlone()
    {
        return members().size() == 1;
    }

    boolean isVoter()
    {
        return members().isVoter(serverId());
    }

    /** The time by which others are judged. It leaves out times in which this server itself stood still. */
    long watchNs()
    {
        return clock.watchNs();
    }

    /** Converts a moment of {@link #watchNs} to monotonic time. */
    long toNowNs(final long watchNs)
    {
        return clock.toNowNs(watchNs);
    }

    /** Notes when the next duty cycle is due, so that a much later one is recognized as a stall of this server. */
    void wanted(final long deadlineNs)
    {
        clock.wanted(deadlineNs);
    }

    /** The last round of elections that this server took part in. */
    long round()
    {
        return round;
    }

    void round(final long newRound)
    {
        round = Math.max(round, newRound);
    }

    /** Returns a conversation number that this process has not used before. */
    long nextConversation()
    {
        return ++conversation;
    }

    /** Clients whose signs of life may not be known to a leader yet. */
    UntoldTouches untoldTouches()
    {
        return untoldTouches;
    }

    TreeTarget treeReplacement()
    {
        return treeReplacement;
    }

    boolean isLeaving()
    {
        return isLeaving;
    }

    /** The server is about to end, so it no longer leads or votes. */
    void leaving()
    {
        isLeaving = true;
    }

    /**
     * Whether the leader may send a snapshot even if transactions alone would do. Loading one disconnects clients, so a
     * server accepts it only if no client has a session here, and if its disk has not just refused a snapshot for lack
     * of room.
     */
    boolean takesSnapshot()
    {
        return !isSnapshotRefused && !desk.hasSessions();
    }

    /** The disk could not take a snapshot of the leader. */
    void onSnapshotRefused()
    {
        isSnapshotRefused = true;
    }

    /** Whether this server's history certainly holds everything that it has ever acknowledged, so that it may vote. */
    boolean isTrusted()
    {
        return isTrusted;
    }

    /**
     * Whether this server has served with these voters, or with none before. If not, a majority of the former voters
     * may still follow a leader of their own.
     */
    boolean knowsVoters()
    {
        return !haveVotersChanged;
    }

    /**
     * The epoch up to which this server knows the history, as it tells others. That is the epoch that it adopted,
     * unless its log may have lost some of it. Then its disk may remember a later epoch than servers that hold more, so
     * it claims no later epoch than that of its last log record.
     */
    long knownEpoch()
    {
        final long current = epochs.current();

        return isTrusted ? current : Math.min(current, Zxid.epoch(log.lastZxid()));
    }

    /**
     * Whether the ensemble has its secret, as far as this server has applied the history. No client is served before
     * that, not even under an established leader: session passwords are derived from the secret, so without it no
     * server could issue or check one. The first leader ever proposes it; from then on every history and every snapshot
     * holds it.
     */
    boolean hasSecret()
    {
        return replica.passwords().hasSecret();
    }

    /**
     * There is an established leader, and this server's clients are served from now on. Their requests are named by
     * this server's id, its incarnation and a sequence. The incarnation is chosen here, greater than that of any
     * earlier process: the table of origins holds the last of them, now that the whole history is applied.
     */
    void onEstablished()
    {
        isTrusted = true;
        haveVotersChanged = false;
        isSnapshotRefused = false;
        if (incarnation == 0)
        {
            incarnation = replica.origins().lastIncarnation(serverId()) + 1;
            desk.incarnation(incarnation);
            tellOfOwnersWithoutSession();
        }
    }

    /**
     * Tells people of TTL znodes that stay for ever because extended types are off here. The owner of a TTL znode is a
     * mark instead of a session id. It is recognized as such when no session has that id, because a session's
     * ephemerals end with the session. All owners are visited, so this is done once in a process and not at each change
     * of leader.
     */
    private void tellOfOwnersWithoutSession()
    {
        final OwnedZnodes owned = replica.tree().owned();
        long count = 0;
        for (long cursor = owned.nextOwner(0); cursor != 0; cursor = owned.nextOwner(cursor))
        {
            final long owner = owned.ownerAt(cursor);
            count += replica.sessions().find(owner) == null ? owned.ephemeralCount(owner) : 0;
        }

        if (count > 0)
        {
            events().onNotice(count + " znodes with a time to live stay until extendedTypesEnabled=true is set",
                serverId());
        }
    }

    EventSink events()
    {
        return context.ports().events();
    }

    SnapshotDuty snapshots()
    {
        return snapshots;
    }

    Quorum quorum()
    {
        return quorum;
    }

    long serverId()
    {
        return context.serverId();
    }

    long incarnation()
    {
        return incarnation;
    }

    /** Judges whether this server's disk keeps up. */
    DiskWatch disk()
    {
        return disk;
    }

    /** How much memory znodes may take. */
    TreeRoom treeRoom()
    {
        return treeRoom;
    }

    /** Watches how much of that memory is taken. */
    MemoryWatch memory()
    {
        return memory;
    }

    /** Decides how long the silence of other servers is tolerated. */
    Patience patience()
    {
        return patience;
    }

    /** How long servers wait for each other. */
    EnsembleTimes times()
    {
        return context.ensemble().times();
    }

    /** Applies committed transactions to the replica. */
    Applying applying()
    {
        return applying;
    }

    /** The walks over the tree that must be told when a znode is deleted. */
    ZnodeCursors znodeCursors()
    {
        return applying.cursors();
    }

    void onSnapshotLoaded(final long zxid)
    {
        log.restart(zxid);
        if (zxid != 0 && log.epochEnds().isEmpty())
        {
            log.epochEnds().restart(false);
            log.epochEnds().onLogged(zxid);
        }
        replica.lastAppliedZxid(zxid);
        replica.sessions().onLoaded();
        replica.quotas().rebuild();
        snapshots.onLoaded(zxid);
        applying.onSnapshotLoaded(zxid);
    }

    @Override
    public void close()
    {
        snapshots.close();
        desk.close();
        replica.close();
        log.close();
    }
}
