/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.client.ClientDesk;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.tree.ReadableTree;

/** Reports the present gauges of a server: its state, its clients, its native memory. */
final class NodeGauges
{
    private static final long NS_PER_MS = 1_000_000L;
    private static final MemoryTag[] TAGS = MemoryTag.values();
    private static final Gauge[] BYTES_OF_TAG = bytesOfTag();

    private final Node node;
    private final EventSink events;
    private final MemoryLedger ledger;
    private final ApplyDelay applyDelay = new ApplyDelay();
    private long reportedChanges;

    NodeGauges(final Node node)
    {
        this.node = node;
        events = node.events();
        ledger = node.ledger();
    }

    private static Gauge[] bytesOfTag()
    {
        final Gauge[] gauges = new Gauge[TAGS.length];
        for (int i = 0; i < TAGS.length; i++)
        {
            gauges[i] = Gauge.valueOf(Gauge.NATIVE_BYTES + "_" + TAGS[i]);
        }

        return gauges;
    }

    void report()
    {
        reportState();
        reportClients();
        reportMemory();
    }

    private void reportState()
    {
        final ReadableTree tree = node.replica().tree();
        events.onGauge(Gauge.LAST_APPLIED_ZXID, node.replica().lastAppliedZxid());
        applyDelay.advance(node.nowNs(), node.log().committedZxid(), node.replica().lastAppliedZxid());
        events.onGauge(Gauge.APPLY_DELAY_MS, applyDelay.delayNs(node.nowNs()) / NS_PER_MS);
        events.onGauge(Gauge.CURRENT_EPOCH, node.epochs().current());
        // ZooKeeper counts the root twice.
        events.onGauge(Gauge.ZNODES, tree.nodeCount() + 1);
        events.onGauge(Gauge.EPHEMERALS, tree.owned().ephemeralCount());
        events.onGauge(Gauge.APPROXIMATE_DATA_SIZE, tree.approximateDataSize());
        events.onGauge(Gauge.TREE_BYTES, node.treeRoom().bytes());
        events.onGauge(Gauge.TREE_BYTES_MAX, node.treeRoom().bytesMax());
        events.onGauge(Gauge.TREE_FULL, node.treeRoom().isFull() ? 1 : 0);
        events.onGauge(Gauge.SESSIONS, node.replica().sessions().size());
    }

    private void reportClients()
    {
        final ClientDesk desk = node.desk();
        events.onGauge(Gauge.WATCHES, desk.watches().entryCount());
        events.onGauge(Gauge.CONNECTIONS, desk.report().connectionCount());
        events.onGauge(Gauge.OUTSTANDING_REQUESTS, desk.report().outstanding());
        events.onGauge(Gauge.PARKED_REQUESTS, desk.report().parked());
        events.onGauge(Gauge.CONNECTION_DROP_PPM, desk.handshakeDropPpm());
    }

    /** Reports native memory only when it has changed, because it changes far less often than anything else. */
    private void reportMemory()
    {
        if (reportedChanges == ledger.changes())
        {
            return;
        }

        reportedChanges = ledger.changes();
        events.onGauge(Gauge.NATIVE_BYTES, ledger.totalBytes());
        for (int i = 0; i < TAGS.length; i++)
        {
            events.onGauge(BYTES_OF_TAG[i], ledger.bytes(TAGS[i]));
        }
    }
}
