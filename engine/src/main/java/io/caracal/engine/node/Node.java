/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.SeededRandom;
import io.caracal.engine.apply.DigestHistory;
import io.caracal.engine.apply.Outcome;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.apply.TxnApplier;
import io.caracal.engine.client.ClientDesk;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.Journal;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.zab.Quorum;
import org.agrona.DirectBuffer;

/**
 * What a server consists of whatever its role is: the replica, its clients, its doors. Roles work with it and come
 * and go.
 */
final class Node implements AutoCloseable
{
    private final NodeContext context;
    private final Replica replica;
    private final ClientDesk desk;
    private final TxnApplier applier;
    private final SnapshotDuty snapshots;
    private final DigestHistory digests;
    private final Quorum quorum;
    private final long incarnation;
    private final ZnodeCursors znodeCursors;
    private long nowNs;
    private boolean hasSpace = true;
    private boolean isAfterIdle;

    Node(final NodeContext context)
    {
        this.context = context;
        final MemoryLedger ledger = context.ledger();
        final SeededRandom random = new SeededRandom(context.randomSeed());
        final EpochStore epochs = context.ports().epochs();
        incarnation = Math.max(epochs.acceptedEpoch(), epochs.currentEpoch()) + 1;
        quorum = new Quorum(context.serverId());
        final DataTree tree = new DataTree(ledger, context.treeOptions());
        replica = new Replica(tree, new QuotaTable(tree, context.prepareSettings().enforceQuota()));
        desk = new ClientDesk(context.ports().clients(), events(), ledger, replica, context.clientSettings(), random,
            context.serverId(), new NobodyServed());
        desk.incarnation(incarnation);
        znodeCursors = new ZnodeCursors(desk.txnEvents());
        applier = new TxnApplier(replica, znodeCursors);
        digests = new DigestHistory(tree.keepsDigest());
        snapshots = new SnapshotDuty(context, replica, random);
    }

    /** Stands in until the first role is entered. */
    private static final class NobodyServed extends NotServing
    {
    }

    Role firstRole()
    {
        return new Starting(this, context.ports().snapshots(), journal(), snapshots.loader());
    }

    void time(final long newNowNs, final long nowMs)
    {
        nowNs = newNowNs;
        desk.time(newNowNs, nowMs);
        snapshots.time(nowMs);
    }

    /** Tells whether this duty cycle had nothing to do. */
    void cycleEnded(final boolean isIdle)
    {
        isAfterIdle = isIdle;
    }

    /** Whether the cycle before had nothing to do, so that the thread may have rested since. */
    boolean isAfterIdle()
    {
        return isAfterIdle;
    }

    long nowNs()
    {
        return nowNs;
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

    EpochStore epochs()
    {
        return context.ports().epochs();
    }

    EventSink events()
    {
        return context.ports().events();
    }

    SnapshotDuty snapshots()
    {
        return snapshots;
    }

    DigestHistory digests()
    {
        return digests;
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

    boolean hasSpace()
    {
        return hasSpace;
    }

    void onSpace(final boolean isAvailable)
    {
        hasSpace = isAvailable;
        events().onGauge(Gauge.WRITES_REFUSED, isAvailable ? 0 : 1);
    }

    /** Walks over znodes that are told of znodes that go. */
    ZnodeCursors znodeCursors()
    {
        return znodeCursors;
    }

    void onSnapshotLoaded(final long zxid)
    {
        replica.lastAppliedZxid(zxid);
        replica.quotas().rebuild();
        snapshots.onLoaded(zxid);
        digests.restart(zxid, replica.tree().digest());
    }

    /** Applies one transaction; stops the server when this tree is not the one that the leader had. */
    Outcome apply(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        final Outcome outcome = applier.apply(zxid, payload, offset, length);
        if (outcome.digestZxid() != Outcome.NO_DIGEST)
        {
            digests.compare(outcome.digestZxid(), outcome.digest());
        }
        digests.onApplied(replica.lastAppliedZxid(), replica.tree().digest());
        snapshots.onApplied(length);

        return outcome;
    }

    void onApplied(final Outcome outcome)
    {
        desk.onApplied(outcome);
    }

    void reportGauges()
    {
        final EventSink events = events();
        final DataTree tree = replica.tree();
        events.onGauge(Gauge.LAST_APPLIED_ZXID, replica.lastAppliedZxid());
        events.onGauge(Gauge.CURRENT_EPOCH, epochs().currentEpoch());
        events.onGauge(Gauge.ZNODES, tree.nodeCount() + 1);
        events.onGauge(Gauge.EPHEMERALS, tree.ephemeralCount());
        events.onGauge(Gauge.APPROXIMATE_DATA_SIZE, tree.approximateDataSize());
        events.onGauge(Gauge.WATCHES, desk.watches().watchCount());
        events.onGauge(Gauge.SESSIONS, replica.sessions().size());
        events.onGauge(Gauge.CONNECTIONS, desk.connectionCount());
        events.onGauge(Gauge.OUTSTANDING_REQUESTS, desk.outstanding());
        events.onGauge(Gauge.NATIVE_BYTES, ledger().totalBytes());
    }

    @Override
    public void close()
    {
        snapshots.close();
        desk.close();
        replica.close();
    }
}
