/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.simulator.clients.ClientNetwork;
import io.caracal.simulator.peers.SimulatedNetwork;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Decides by a seed when a fault strikes an ensemble, which fault, and which server. In the end it heals everything.
 */
final class Faults
{
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int HUNDRED = 100;
    private static final double AMBUSH_MAX_MS = 50;

    private final SplittableRandom random;
    private final RunSettings settings;
    private final List<SimulatedServer> servers;
    private final SimulatedNetwork network;
    private final ClientNetwork wires;
    private final Trace trace;
    private final FaultKind[] kinds;
    private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
    private final Undoings undoings = new Undoings();
    private final FaultActions actions;
    private boolean isAtWork;
    private long nextNs;

    Faults(final long seed, final RunSettings settings, final List<SimulatedServer> servers,
        final SimulatedNetwork network, final ClientNetwork wires, final Trace trace)
    {
        random = new SplittableRandom(seed);
        this.settings = settings;
        this.servers = servers;
        this.network = network;
        this.wires = wires;
        this.trace = trace;
        kinds = settings.faults().kinds().toArray(new FaultKind[0]);
        actions = new FaultActions(random, settings, servers, network, wires, trace, undoings);
    }

    void begin(final long timeNs)
    {
        isAtWork = true;
        nextNs = timeNs + gapNs();
    }

    Map<FaultKind, Long> counts()
    {
        return counts;
    }

    long wakeNs()
    {
        final long undoNs = undoings.nextNs();

        return isAtWork && kinds.length > 0 ? Math.min(nextNs, undoNs) : undoNs;
    }

    /** Whether no fault has still to be undone. */
    boolean isQuiet()
    {
        return undoings.nextNs() == Long.MAX_VALUE;
    }

    void doWork(final long timeNs)
    {
        undoings.time(timeNs);
        undoings.runDue();

        if (isAtWork && kinds.length > 0 && nextNs <= undoings.nowNs())
        {
            nextNs = undoings.nowNs() + gapNs();
            begin(kinds[random.nextInt(kinds.length)]);
        }
    }

    /** Ends all faults, and begins no more. */
    void heal(final long timeNs)
    {
        undoings.time(timeNs);
        isAtWork = false;
        trace.add(Trace.WORLD, "heals", 0, null);
        undoings.runAll();
        network.heal();
        network.faults(settings.network());
        wires.heal();
    }

    private void begin(final FaultKind kind)
    {
        begin(kind, victim());
    }

    private SimulatedServer victim()
    {
        final SimulatedServer anybody = servers.get(random.nextInt(servers.size()));
        final boolean isBySelection = random.nextInt(4) != 0;

        return !isBySelection ? anybody : switch (settings.faults().aim().target())
        {
            case ANYBODY -> anybody;
            case ONE -> servers.get(0);
            case LEADERS -> servers.stream().filter(SimulatedServer::isLeading).findFirst().orElse(anybody);
        };
    }

    /**
     * A server has just done something important: it has changed its role, made a promise or cut its log. A fault may
     * strike it now.
     */
    void onNews(final SimulatedServer server, final long timeNs)
    {
        undoings.time(Math.max(undoings.nowNs(), timeNs));

        if (isAtWork && kinds.length > 0 && random.nextInt(HUNDRED) < settings.faults().aim().ambushInHundred())
        {
            final FaultKind kind = kinds[random.nextInt(kinds.length)];
            undoings.later((long)(Math.pow(AMBUSH_MAX_MS, random.nextDouble()) * MS) - MS, () -> strike(kind, server));
        }
    }

    private void strike(final FaultKind kind, final SimulatedServer server)
    {
        if (isAtWork)
        {
            begin(kind, server);
        }
    }

    private void begin(final FaultKind kind, final SimulatedServer server)
    {
        if (actions.act(kind, server))
        {
            counts.merge(kind, 1L, Long::sum);
        }
    }

    /** Starts a server that is not running, if its disk permits that. */
    void restart(final SimulatedServer server)
    {
        actions.restart(server);
    }

    /** A server ran a duty cycle. */
    void onWorked(final SimulatedServer server)
    {
        actions.onWorked(server);
    }

    private long gapNs()
    {
        return random.nextLong(2 * settings.faults().gapNs()) + MS;
    }
}
