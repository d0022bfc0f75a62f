/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.AuthEnforcement;
import io.caracal.engine.client.ClientDesk;
import io.caracal.engine.client.ClientLimits;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.node.NodeAgent;
import io.caracal.engine.node.NodeContext;
import io.caracal.engine.node.ReaperSettings;
import io.caracal.engine.prepare.PrepareSettings;
import io.caracal.engine.snapshot.SnapshotSettings;
import io.caracal.engine.throttle.ThrottleSettings;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.simulator.clients.SimulatedClientPort;
import java.util.function.BooleanSupplier;

/** One node on a disk in memory. Virtual time passes by a millisecond with each duty cycle. */
final class TestNode implements AutoCloseable
{
    private static final int CYCLES_MAX = 2000;
    private static final int FRAME_MAX = 4 << 20;
    private static final int REQUEST_MAX = 1 << 20;
    /** Rate at which snapshots are written, in bytes per second: a quarter of the default. */
    private static final long SNAPSHOT_RATE = SnapshotSettings.BYTES_PER_SECOND_DEFAULT / 4;
    private static final long NS_PER_MS = 1_000_000;

    final MemoryDisk disk;
    final SimulatedClientPort clients = new SimulatedClientPort(FRAME_MAX, 64 << 20);
    final SilentOperators operators = new SilentOperators();
    final KeptEvents events = new KeptEvents();
    final MemoryLedger ledger = new MemoryLedger();
    final NodeAgent agent;
    private long nowMs = 1_000_000;
    private long clockIsAheadMs;
    private long wallMs;

    TestNode(final MemoryDisk disk)
    {
        this(disk, limits(), true);
    }

    static ClientLimits limits()
    {
        return new ClientLimits(4000, 40000, 1000, 4096, -1, 0, 1 << 20, FRAME_MAX);
    }

    TestNode(final MemoryDisk disk, final ClientLimits limits)
    {
        this(disk, limits, true);
    }

    TestNode(final MemoryDisk disk, final ClientLimits limits, final boolean hasExtendedTypes)
    {
        this.disk = disk;
        final AclSettings acl = AclSettings.defaults();
        agent = new NodeAgent(new NodeContext().ledger(ledger)
            .ports(new NodeContext.Ports(clients, disk, disk, disk, operators, events))
            .sessionSecret(new byte[32])
            .tickTimeMs(2000)
            .randomSeed(42)
            .proposalRingLength(16 << 20)
            .treeOptions(new TreeOptions(7, true, new EphemeralOwner(hasExtendedTypes, false)))
            .prepareSettings(new PrepareSettings(hasExtendedTypes, false, REQUEST_MAX))
            .clientSettings(new ClientDesk.Settings(limits, acl, AuthEnforcement.none(), ThrottleSettings.defaults()))
            .snapshotSettings(new SnapshotSettings(100_000, 1L << 32, SNAPSHOT_RATE))
            .reaperSettings(new ReaperSettings(60_000, 10_000, 0))
            .conclude());
        run(100);
        assertTrue(agent.isServing(), "a node on a memory disk serves after a hundred cycles");
    }

    /** Runs this many duty cycles. */
    void run(final int cycles)
    {
        for (int i = 0; i < cycles; i++)
        {
            cycle();
        }
    }

    /** Moves the wall clock by a number of milliseconds. Virtual time is not affected. */
    void setClock(final long byMs)
    {
        clockIsAheadMs += byMs;
    }

    /** Stops the wall clock at a time. Virtual time is not affected. */
    void wallMs(final long ms)
    {
        wallMs = ms;
    }

    /** Lets virtual time pass, ten milliseconds with each duty cycle. */
    void runMs(final long ms)
    {
        final long end = nowMs + ms;
        while (nowMs < end)
        {
            nowMs += 9;
            cycle();
        }
    }

    /**
     * Runs a duty cycle only after one that did some work, or when the node asked for one. Returns the time until the
     * condition held, in milliseconds.
     */
    long runUntilDue(final long limitMs, final BooleanSupplier condition)
    {
        final long startMs = nowMs;
        int work = cycle();
        while (!condition.getAsBoolean())
        {
            if (work == 0)
            {
                final long dueMs = agent.nextDeadlineNs(nowMs * NS_PER_MS) / NS_PER_MS;
                assertTrue(dueMs < startMs + limitMs, "it asks for no cycle in which it would happen");
                nowMs = Math.max(nowMs, dueMs);
            }
            work = cycle();
        }

        return nowMs - startMs;
    }

    /** How long the thread may sleep now if nothing happens, in milliseconds. */
    long restMs()
    {
        return agent.nextDeadlineNs(nowMs * NS_PER_MS) / NS_PER_MS - nowMs;
    }

    /** Runs duty cycles until nothing is left to do. */
    void settle()
    {
        int cycles = 0;
        while (cycle() > 0)
        {
            assertTrue(++cycles < CYCLES_MAX, "the node does not come to rest");
        }
        cycle();
    }

    private int cycle()
    {
        nowMs++;
        clients.nowNs(nowMs * NS_PER_MS);
        return agent.doWork(nowMs * NS_PER_MS, wallMs != 0 ? wallMs : nowMs + clockIsAheadMs);
    }

    WireClient connect()
    {
        final WireClient client = new WireClient(this);
        client.handshake(0, new byte[16], 10_000);
        return client;
    }

    @Override
    public void close()
    {
        agent.close();
        assertEquals(0, ledger.totalBytes(), "native memory left");
    }
}
