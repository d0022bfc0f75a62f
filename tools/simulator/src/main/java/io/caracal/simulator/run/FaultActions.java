/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.simulator.clients.ClientNetwork;
import io.caracal.simulator.peers.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Carries out each kind of fault on a server, and schedules what undoes it. {@link Faults} decides when, and on which
 * server.
 */
final class FaultActions
{
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long HAND_OVER_MAX_MS = 1500;
    private static final long FORGET_MAX_MS = 2000;
    private static final long JUMP_MAX_MS = TimeUnit.DAYS.toMillis(2);

    private final SplittableRandom random;
    private final RunSettings settings;
    private final List<SimulatedServer> servers;
    private final SimulatedNetwork network;
    private final ClientNetwork wires;
    private final Trace trace;
    private final Undoings undoings;
    private long restoreCount;

    FaultActions(final SplittableRandom random, final RunSettings settings, final List<SimulatedServer> servers,
        final SimulatedNetwork network, final ClientNetwork wires, final Trace trace, final Undoings undoings)
    {
        this.random = random;
        this.settings = settings;
        this.servers = servers;
        this.network = network;
        this.wires = wires;
        this.trace = trace;
        this.undoings = undoings;
    }

    /** Carries out a fault. Returns false when it is not possible. */
    boolean act(final FaultKind kind, final SimulatedServer server)
    {
        final SimulatedServer other = otherThan(server);
        final boolean isDone = switch (kind)
        {
            case KILL -> end(server, false);
            case POWER_LOSS -> end(server, true);
            case POWER_LOSS_OF_ALL -> endAll();
            case HAND_OVER -> handOver(server);
            case FORGET -> forget(server);
            case STALL -> stall(server);
            case CUT -> other != null && cut(server, other, true, true, true);
            case CUT_STREAMS -> other != null && cut(server, other, true, true, false);
            case CUT_ONE_WAY -> other != null && cut(server, other, true, false, false);
            case CUT_SILENT_LINK -> other != null && cut(server, other, false, false, true);
            case ISOLATION -> isolate(server);
            case LOSS -> other != null && lose(server, other);
            case BAD_NETWORK -> worsen();
            case FULL_DISK -> fill(server);
            case HELD_FORCES -> hold(server);
            case WIPE -> wipe(server);
            case DAMAGED_SNAPSHOT -> server.damageSnapshot();
            case CLOCK_JUMP -> jump(server);
            case SNAPSHOT -> demandSnapshot(server);
            case CUT_CLIENT -> cutClients(server, random.nextInt(settings.clients().count()), 1);
            case CUT_ALL_CLIENTS -> cutClients(server, 0, settings.clients().count());
            case PARTITION -> partition(server);
            case STUTTER -> stutter(server);
            case HELD_LOG_FORCES -> holdLog(server);
            case FORSAKEN_LEADER -> forsake();
            case OVERTHROW -> overthrow();
            case RESTORE -> server.restore(servers.get(random.nextInt(servers.size())), ++restoreCount);
        };

        if (isDone)
        {
            trace.add(Trace.WORLD, kind.name(), server.serverId(), other == null ? null : "other " + other.serverId());
        }

        return isDone;
    }

    private boolean end(final SimulatedServer server, final boolean isPowerLost)
    {
        if (!server.isRunning() || (isPowerLost && !settings.servers().areForced() && !mayLose(server)))
        {
            return false;
        }

        if (isPowerLost)
        {
            server.losePower();
        }
        else
        {
            server.kill();
        }

        undoings.later(durationNs(3000), () -> restart(server));

        return true;
    }

    /** Tells a process to end. It is killed some time later, whether it has handed over by then or not. */
    private boolean handOver(final SimulatedServer server)
    {
        if (server.isRunning())
        {
            server.handOver();
            undoings.later(random.nextLong(1, HAND_OVER_MAX_MS) * MS, () -> end(server, false));
        }

        return server.isRunning();
    }

    private boolean endAll()
    {
        servers.forEach(server -> end(server, true));

        return true;
    }

    /**
     * Starts a server that does not run. If its disk is unusable it first gets an empty one, but only if no other
     * server has lost anything; otherwise it stays down.
     */
    void restart(final SimulatedServer server)
    {
        if (server.isRunning())
        {
            return;
        }

        if (server.isBroken() && mayLose(server))
        {
            server.wipe();
        }

        if (!server.isBroken())
        {
            server.start();
        }
    }

    /**
     * A server ran a duty cycle. Schedules a restart if its disk proved to be unusable, and lets it count as caught up
     * once it has again what it lost.
     */
    void onWorked(final SimulatedServer server)
    {
        if (server.isBroken())
        {
            undoings.later(durationNs(1000), () -> restart(server));
        }

        server.catchUpIfPossible();
    }

    private boolean stall(final SimulatedServer server)
    {
        if (server.isRunning())
        {
            server.stall(undoings.nowNs() + durationNs(15_000));
        }

        return server.isRunning();
    }

    private boolean cut(final SimulatedServer server, final SimulatedServer other, final boolean there,
        final boolean back, final boolean isSilentLink)
    {
        final long a = server.serverId();
        final long b = other.serverId();
        setCut(a, b, there, back, isSilentLink, true);
        undoings.later(durationNs(10_000), () -> setCut(a, b, there, back, isSilentLink, false));

        return true;
    }

    private void setCut(final long a, final long b, final boolean there, final boolean back,
        final boolean isSilentLink, final boolean isCut)
    {
        if (there)
        {
            network.cutStreams(a, b, isCut);
        }

        if (back)
        {
            network.cutStreams(b, a, isCut);
        }

        if (isSilentLink)
        {
            network.cutSilentLink(a, b, isCut);
        }
    }

    private boolean isolate(final SimulatedServer server)
    {
        final long lengthNs = durationNs(10_000);

        for (final SimulatedServer other : servers)
        {
            if (other != server)
            {
                setCut(server.serverId(), other.serverId(), true, true, true, true);
                undoings.later(lengthNs, () -> setCut(server.serverId(), other.serverId(), true, true, true, false));
            }
        }

        return servers.size() > 1;
    }

    /** Cuts off a server and some of the others from the rest. */
    private boolean partition(final SimulatedServer server)
    {
        final List<SimulatedServer> here = new ArrayList<>(List.of(server));
        final List<SimulatedServer> there = new ArrayList<>();
        servers.stream().filter(other -> other != server)
            .forEach(other -> (random.nextBoolean() ? here : there).add(other));

        return separate(here, there, durationNs(10_000));
    }

    /**
     * Cuts off the leader with a minority that stays with it. The others are enough to elect another leader, and the
     * minority does not hear of it.
     */
    private boolean forsake()
    {
        final SimulatedServer leader = servers.stream().filter(SimulatedServer::isLeading).findFirst().orElse(null);
        final List<SimulatedServer> here = new ArrayList<>();
        final List<SimulatedServer> there = new ArrayList<>();
        int votersLeft = (settings.servers().voterCount() - 1) / 2;

        for (final SimulatedServer server : servers)
        {
            final boolean isVoter = server.serverId() <= settings.servers().voterCount();
            final boolean stays = server == leader || (random.nextBoolean() && (!isVoter || votersLeft > 1));
            votersLeft -= stays && isVoter && server != leader ? 1 : 0;
            (stays ? here : there).add(server);
        }

        if (leader == null || there.isEmpty())
        {
            return false;
        }

        final long lengthNs = random.nextLong(1000, 15_000) * MS;
        leader.stutter(undoings.nowNs() + lengthNs, random.nextLong(2, 50) * MS, random.nextLong(110, 450) * MS);

        return separate(here, there, lengthNs);
    }

    /**
     * Cuts off the leader from all others and restarts these, so that they need not wait for a time-out before they
     * elect. They know of no leader, and the old leader does not learn that its links have ended.
     */
    private boolean overthrow()
    {
        final SimulatedServer leader = servers.stream().filter(SimulatedServer::isLeading).findFirst().orElse(null);
        final List<SimulatedServer> others = new ArrayList<>(servers);
        others.remove(leader);

        if (leader == null || others.isEmpty())
        {
            return false;
        }

        separate(List.of(leader), others, random.nextLong(1000, 5000) * MS);

        for (final SimulatedServer other : others)
        {
            if (other.isRunning())
            {
                other.kill();
                undoings.later(random.nextLong(MS, 50 * MS), () -> restart(other));
            }
        }

        return true;
    }

    private boolean separate(final List<SimulatedServer> here, final List<SimulatedServer> there, final long lengthNs)
    {
        for (final SimulatedServer a : here)
        {
            for (final SimulatedServer b : there)
            {
                setCut(a.serverId(), b.serverId(), true, true, true, true);
                undoings.later(lengthNs, () -> setCut(a.serverId(), b.serverId(), true, true, true, false));
            }
        }

        return !there.isEmpty();
    }

    private boolean stutter(final SimulatedServer server)
    {
        if (server.isRunning())
        {
            server.stutter(undoings.nowNs() + durationNs(15_000), durationNs(100), durationNs(1500));
        }

        return server.isRunning();
    }

    private boolean holdLog(final SimulatedServer server)
    {
        server.areLogForcesHeld(true);
        undoings.later(durationNs(15_000), () -> server.areLogForcesHeld(false));

        return true;
    }

    private boolean lose(final SimulatedServer server, final SimulatedServer other)
    {
        network.lose(server.serverId(), other.serverId());

        return true;
    }

    private boolean worsen()
    {
        network.faults(settings.badNetwork());
        undoings.later(durationNs(5000), () -> network.faults(settings.network()));

        return true;
    }

    private boolean fill(final SimulatedServer server)
    {
        server.isDiskFull(true);
        undoings.later(durationNs(10_000), () -> server.isDiskFull(false));

        return true;
    }

    private boolean hold(final SimulatedServer server)
    {
        server.areForcesHeld(true);
        undoings.later(durationNs(15_000), () -> server.areForcesHeld(false));

        return true;
    }

    private boolean wipe(final SimulatedServer server)
    {
        final boolean isPossible = mayLose(server);

        if (isPossible)
        {
            if (server.isRunning())
            {
                end(server, true);
            }

            server.wipe();
        }

        return isPossible;
    }

    /**
     * Kills a server, wipes its disk and soon starts it again, cut off from some of the others. These go on believing
     * in its former process until their time-out.
     */
    private boolean forget(final SimulatedServer server)
    {
        if (!server.isRunning() || !mayLose(server))
        {
            return false;
        }

        for (final SimulatedServer other : servers)
        {
            if (other != server && random.nextBoolean())
            {
                setCut(server.serverId(), other.serverId(), true, true, true, true);
                undoings.later(durationNs(FORGET_MAX_MS), () -> setCut(server.serverId(), other.serverId(), true, true,
                    true,
                    false));
            }
        }
        server.kill();
        server.wipe();
        undoings.later(random.nextLong(MS, 50 * MS), () -> restart(server));

        return true;
    }

    /**
     * Whether a server may lose what it has acknowledged. No protocol survives the loss of what a quorum has
     * acknowledged, so one server may lose it only while no other one has.
     */
    private boolean mayLose(final SimulatedServer server)
    {
        return settings.servers().mayLoseDisks() && servers.stream().allMatch(other -> other == server ||
            (!other.isLost() && !other.isBroken()));
    }

    private boolean jump(final SimulatedServer server)
    {
        server.jumpWallClock(random.nextLong(-JUMP_MAX_MS, JUMP_MAX_MS));

        return true;
    }

    private static boolean demandSnapshot(final SimulatedServer server)
    {
        server.demandSnapshot();

        return server.isRunning();
    }

    private boolean cutClients(final SimulatedServer server, final int first, final int count)
    {
        for (int i = first; i < first + count; i++)
        {
            final int clientId = i;
            wires.cut(clientId, server.serverId(), true);
            undoings.later(durationNs(10_000), () -> wires.cut(clientId, server.serverId(), false));
        }

        return true;
    }

    private SimulatedServer otherThan(final SimulatedServer server)
    {
        final List<SimulatedServer> others = new ArrayList<>(servers);
        others.remove(server);

        return others.isEmpty() ? null : others.get(random.nextInt(others.size()));
    }

    /**
     * Draws a duration, mostly a short one. In a run of long faults, durations are mostly long and up to twice the
     * limit.
     */
    private long durationNs(final long limitMs)
    {
        final double exponent = settings.faults().aim().areLong() ? 1 - random.nextDouble() / 4 : random.nextDouble();

        return (long)(Math.pow(settings.faults().aim().areLong() ? 2.0 * limitMs : limitMs, exponent) * MS);
    }
}
