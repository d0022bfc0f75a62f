/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro.memory;

import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.AuthEnforcement;
import io.caracal.engine.client.ClientDesk;
import io.caracal.engine.client.ClientLimits;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.node.EnsembleSettings;
import io.caracal.engine.node.EnsembleTimes;
import io.caracal.engine.node.NodeAgent;
import io.caracal.engine.node.NodeContext;
import io.caracal.engine.node.ReaperSettings;
import io.caracal.engine.prepare.PrepareSettings;
import io.caracal.engine.snapshot.SnapshotSettings;
import io.caracal.engine.throttle.ThrottleSettings;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.engine.zab.Ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.agrona.CloseHelper;

/** Complete engines that take turns on the calling thread, each with a client. */
public final class MemoryEnsemble implements AutoCloseable
{
    private static final int FRAME_MAX = 1 << 20;
    private static final int TICK_MS = 2_000;
    private static final int OUTSTANDING_MAX = 100_000;
    private static final int CYCLES_MAX = 5_000_000;
    private static final long NS_PER_MS = 1_000_000;
    private static final long SEED = 0x5EED;
    private static final byte[] SECRET = new byte[32];

    private final List<NodeAgent> agents = new ArrayList<>();
    private final List<MemoryClients> clients = new ArrayList<>();

    /**
     * Creates servers that have not begun to work.
     *
     * @param size number of servers; 1 for a standalone server.
     */
    public MemoryEnsemble(final int size)
    {
        final long[] ids = LongStream.rangeClosed(1, size).toArray();
        final List<MemoryPeers> peers = new ArrayList<>();
        for (final long id : ids)
        {
            peers.add(new MemoryPeers(id));
        }
        peers.forEach(one -> peers.stream().filter(other -> other != one).forEach(one::linkWith));
        for (int i = 0; i < size; i++)
        {
            clients.add(new MemoryClients());
            agents.add(new NodeAgent(context(ids, peers.get(i), i).conclude()));
        }
    }

    private NodeContext context(final long[] ids, final MemoryPeers peers, final int index)
    {
        final MemoryFiles files = new MemoryFiles();
        final SilentDoors doors = new SilentDoors();
        final NodeContext context = new NodeContext().ledger(new MemoryLedger()).serverId(ids[index])
            .ports(new NodeContext.Ports(clients.get(index), files, files, files, doors, doors))
            .sessionSecret(SECRET).tickTimeMs(TICK_MS).randomSeed(SEED + index)
            .treeOptions(new TreeOptions(SEED, true, new EphemeralOwner(true, false)))
            .prepareSettings(new PrepareSettings(true, false, FRAME_MAX))
            .clientSettings(new ClientDesk.Settings(new ClientLimits(2 * TICK_MS, 20 * TICK_MS, OUTSTANDING_MAX, 1_000,
                -1, 0, 1 << 16, FRAME_MAX), AclSettings.defaults(), AuthEnforcement.none(),
                ThrottleSettings.defaults()))
            .snapshotSettings(new SnapshotSettings(Integer.MAX_VALUE, 0, 0))
            .reaperSettings(new ReaperSettings(60_000, 10_000, 0));
        return ids.length == 1 ? context : context.peers(peers).catchUp(new MemoryCatchUp())
            .ensemble(new EnsembleSettings(new Ensemble(ids, new long[0]), true, false, true, EnsembleTimes.DEFAULT));
    }

    /**
     * Runs until one server leads and all serve, and gives each client a session.
     *
     * @return the client of the leader.
     */
    public MemoryClients start()
    {
        runUntil(() -> agents.stream().allMatch(NodeAgent::isServing));
        clients.forEach(client ->
        {
            final long before = client.replies();
            client.connect();
            runUntil(() -> client.replies() > before);
        });
        for (int i = 0; i < agents.size(); i++)
        {
            if ("leading".equals(agents.get(i).roleName()))
            {
                return clients.get(i);
            }
        }

        throw new IllegalStateException("nobody leads");
    }

    /** Condition that ends a wait. */
    public interface Condition
    {
        /**
         * Whether the wait is over.
         *
         * @return true if so.
         */
        boolean isMet();
    }

    /**
     * Runs duty cycles of all servers in turn until a condition is met.
     *
     * @param condition condition, checked before each round.
     */
    public void runUntil(final Condition condition)
    {
        for (int cycle = 0; !condition.isMet(); cycle++)
        {
            if (cycle == CYCLES_MAX)
            {
                throw new IllegalStateException("no end after " + cycle + " duty cycles");
            }
            final long nowNs = System.nanoTime();
            for (int i = 0; i < agents.size(); i++)
            {
                agents.get(i).doWork(nowNs, nowNs / NS_PER_MS);
            }
        }
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(agents);
    }
}
