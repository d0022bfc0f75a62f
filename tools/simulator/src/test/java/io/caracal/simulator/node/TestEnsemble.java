/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.caracal.engine.CycleLimits;
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
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.ServerStatusDecoder;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.engine.prepare.PrepareSettings;
import io.caracal.engine.snapshot.SnapshotSettings;
import io.caracal.engine.throttle.ThrottleSettings;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.sync.SnapshotChoice;
import io.caracal.simulator.clients.SimulatedClientPort;
import io.caracal.simulator.disk.DiskFaults;
import io.caracal.simulator.disk.SimulatedDisk;
import io.caracal.simulator.peers.NetworkFaults;
import io.caracal.simulator.peers.SimulatedNetwork;
import io.caracal.simulator.peers.SimulatedPeerPort;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** Several nodes on simulated disks and a simulated network, on virtual time. */
final class TestEnsemble implements AutoCloseable
{
    static final int FRAME_MAX = 1 << 20;
    static final int MESSAGE_MAX = 4 * FRAME_MAX;
    static final CycleLimits ONE_TXN_A_CYCLE =
        new CycleLimits(1, 1 << 20, 1024, 1 << 20, 1 << 16, 1024, 10_000, 256, 64, 512);
    private static final long STEP_NS = 100_000;
    private static final long NS_PER_MS = 1_000_000;

    final Server[] servers;
    final SimulatedNetwork network;
    private final Ensemble members;
    private final EnsembleTimes times;
    long counterRollOver = Zxid.COUNTER_ROLL_OVER;
    int ringLength = 1 << 20;
    int txnsPerSnapshot = 100_000;
    SnapshotChoice snapshotChoice = SnapshotChoice.DEFAULT;
    private long nowNs = 1_000_000_000L;

    TestEnsemble(final long seed, final int voters, final int observers)
    {
        this(seed, voters, observers, DiskFaults.HEALTHY, EnsembleTimes.DEFAULT);
    }

    TestEnsemble(final long seed, final int voters, final int observers, final DiskFaults faults,
        final EnsembleTimes times)
    {
        this.times = times;
        members = new Ensemble(ids(1, voters), ids(voters + 1, observers));
        network = new SimulatedNetwork(seed, NetworkFaults.HEALTHY, MESSAGE_MAX, ids(1, voters + observers));
        servers = new Server[voters + observers];
        for (int i = 0; i < servers.length; i++)
        {
            servers[i] = new Server(i + 1, new SimulatedDisk(seed + i, faults));
        }
    }

    /** Makes times of milliseconds, in the order of {@link EnsembleTimes}. */
    static EnsembleTimes timesMs(final long heartbeat, final long timeout, final long timeoutMax,
        final long finalizeWait, final long initLimit, final long syncLimit)
    {
        return new EnsembleTimes(heartbeat * NS_PER_MS, timeout * NS_PER_MS, timeoutMax * NS_PER_MS,
            finalizeWait * NS_PER_MS, initLimit * NS_PER_MS, syncLimit * NS_PER_MS);
    }

    private static long[] ids(final int first, final int count)
    {
        final long[] ids = new long[count];
        Arrays.setAll(ids, i -> first + i);
        return ids;
    }

    /** One server of the ensemble, running or not. */
    final class Server
    {
        final long id;
        SimulatedDisk disk;
        final KeptEvents events = new KeptEvents();
        final SilentOperators operators = new SilentOperators();
        SimulatedClientPort clients;
        NodeAgent agent;
        MemoryLedger ledger;
        boolean isStopped;
        /** How far its wall clock is ahead. */
        long clockIsAheadMs;
        /** False if the end of its log may be lost. */
        boolean isTrusted = true;
        /** Whether it last served with other voters. */
        boolean haveVotersChanged;
        /** Whether its operator has confirmed that its blank disk is not a lost one. */
        boolean mayBeginBlank;
        CycleLimits cycleLimits = CycleLimits.DEFAULT;
        /** How many steps of the ensemble one of its duty cycles takes. */
        int stepsPerCycle = 1;
        private long steps;

        Server(final long id, final SimulatedDisk disk)
        {
            this.id = id;
            this.disk = disk;
        }

        /**
         * Makes it apply no more than 200 transactions in a second. To be called before it starts.
         *
         * @param cycleMs how long one of its duty cycles takes, 5 or a multiple of that.
         */
        void isSlow(final int cycleMs)
        {
            cycleLimits = new CycleLimits(cycleMs / 5, 1 << 20, 1024, 1 << 20, 1 << 16, 1024, 10_000, 256, 64, 512);
            stepsPerCycle = (int)(cycleMs * NS_PER_MS / STEP_NS);
        }

        void start()
        {
            disk.open();
            ledger = new MemoryLedger();
            clients = new SimulatedClientPort(FRAME_MAX, 64 << 20);
            final SimulatedPeerPort peers = network.start(id);
            final ClientLimits limits = new ClientLimits(4000, 40000, 1000, 4096, -1, 0, 1 << 20, FRAME_MAX);
            agent = new NodeAgent(new NodeContext().ledger(ledger).serverId(id)
                .ports(new NodeContext.Ports(clients, disk.journal(), disk.snapshotStore(), disk.epochStore(),
                    operators, events))
                .peers(peers)
                .catchUp(disk.catchUp())
                .ensemble(new EnsembleSettings(members, isTrusted, haveVotersChanged, mayBeginBlank, times))
                .snapshotChoice(snapshotChoice)
                .counterRollOver(counterRollOver)
                .cycleLimits(cycleLimits)
                .sessionSecret(new byte[32])
                .tickTimeMs(2000)
                .randomSeed(42)
                .proposalRingLength(ringLength)
                .treeOptions(new TreeOptions(7, true, new EphemeralOwner(true, false)))
                .prepareSettings(new PrepareSettings(true, false, FRAME_MAX))
                .clientSettings(new ClientDesk.Settings(limits, AclSettings.defaults(), AuthEnforcement.none(),
                    ThrottleSettings.defaults()))
                .snapshotSettings(new SnapshotSettings(txnsPerSnapshot, 1L << 32,
                    SnapshotSettings.BYTES_PER_SECOND_DEFAULT))
                .reaperSettings(new ReaperSettings(60_000, 10_000, 0))
                .conclude());
        }

        void kill()
        {
            agent.close();
            assertEquals(0, ledger.totalBytes(), "native memory left");
            agent = null;
            disk.kill();
            network.kill(id);
        }

        /** Kills the process and starts another one on an empty disk. */
        void wipe()
        {
            kill();
            disk = new SimulatedDisk(id, DiskFaults.HEALTHY);
            start();
        }

        /** Runs a duty cycle. Returns the work done, 0 when the server would rest now. */
        int cycle()
        {
            disk.advanceTo(nowNs);
            steps++;
            if (agent == null || isStopped || steps % stepsPerCycle != 0)
            {
                return 0;
            }
            clients.nowNs(nowNs);

            return agent.doWork(nowNs, nowNs / NS_PER_MS + clockIsAheadMs);
        }
    }

    TestEnsemble startAll()
    {
        for (final Server server : servers)
        {
            server.start();
        }
        return this;
    }

    void step()
    {
        nowNs += STEP_NS;
        network.advanceTo(nowNs);
        for (final Server server : servers)
        {
            server.cycle();
        }
    }

    void runMs(final long ms)
    {
        final long end = nowNs + ms * NS_PER_MS;
        while (nowNs < end)
        {
            step();
        }
    }

    /** Runs until a condition holds. Returns how long that took, in milliseconds. */
    long await(final String what, final long maxMs, final BooleanSupplier condition)
    {
        final long begin = nowNs;
        while (!condition.getAsBoolean())
        {
            if (nowNs - begin > maxMs * NS_PER_MS)
            {
                fail("not within " + maxMs + " ms: " + what + "; roles " + roles());
            }
            step();
        }
        return (nowNs - begin) / NS_PER_MS;
    }

    /** The next reply to a client, which must come within five seconds. */
    WireClient.Reply answer(final WireClient client, final String what)
    {
        await(what, 5000, client::hasNext);
        return client.reply();
    }

    /** A client that has a connection and no session yet. */
    WireClient link(final Server server)
    {
        return new WireClient(server.clients, () -> runMs(50));
    }

    WireClient connect(final Server server)
    {
        final WireClient client = link(server);
        client.handshake(0, new byte[16], 10_000);
        return client;
    }

    WireClient resume(final Server server, final WireClient other)
    {
        final WireClient client = link(server);
        client.handshake(other.sessionId, other.password, 10_000);
        return client;
    }

    /** The status that a server reports to operators. */
    ServerStatusDecoder status(final Server server)
    {
        server.operators.records.clear();
        server.operators.queries.add(OperatorQuery.STATUS);
        await("an answer", 1000, () -> !server.operators.records.isEmpty());

        return new ServerStatusDecoder().wrapAndApplyHeader(new UnsafeBuffer(server.operators.records.get(0)), 0,
            new MessageHeaderDecoder());
    }

    /** Cuts a server off from all others without telling any of them, or connects it again. */
    void isolate(final Server server, final boolean isCut)
    {
        for (final Server other : servers)
        {
            if (other != server)
            {
                cut(server, other, isCut);
            }
        }
    }

    /** Cuts two servers off from each other without telling either of them, or connects them again. */
    void cut(final Server one, final Server other, final boolean isCut)
    {
        cutStreams(one, other, isCut);
        network.cutSilentLink(one.id, other.id, isCut);
        network.cutSilentLink(other.id, one.id, isCut);
    }

    /** Cuts the streams between two servers, or lets them flow again. Their silent link stays. */
    void cutStreams(final Server one, final Server other, final boolean isCut)
    {
        network.cutStreams(one.id, other.id, isCut);
        network.cutStreams(other.id, one.id, isCut);
    }

    Server follower()
    {
        for (final Server server : servers)
        {
            if (server.agent != null && !server.isStopped && "following".equals(server.agent.roleName()) &&
                server.agent.isServing())
            {
                return server;
            }
        }
        throw new AssertionError("nobody follows: " + roles());
    }

    /** The first server that is none of the given ones. */
    Server other(final Server... known)
    {
        for (final Server server : servers)
        {
            if (!Arrays.asList(known).contains(server))
            {
                return server;
            }
        }
        throw new AssertionError("nobody else");
    }

    String roles()
    {
        final StringBuilder roles = new StringBuilder();
        for (final Server server : servers)
        {
            roles.append(server.id).append(' ')
                .append(server.agent == null ? "down" : server.agent.roleName() + (server.agent.isServing() ? "+" :
                    "-"))
                .append(' ').append(server.events.states)
                .append("; ");
        }
        return roles.toString();
    }

    Server leader()
    {
        for (final Server server : servers)
        {
            if (server.agent != null && !server.isStopped && "leading".equals(server.agent.roleName()) &&
                server.agent.isServing())
            {
                return server;
            }
        }
        return null;
    }

    boolean areAllServing()
    {
        for (final Server server : servers)
        {
            if (server.agent != null && !server.isStopped && !server.agent.isServing())
            {
                return false;
            }
        }
        return leader() != null;
    }

    @Override
    public void close()
    {
        for (final Server server : servers)
        {
            if (server.agent != null)
            {
                server.kill();
            }
        }
    }
}
