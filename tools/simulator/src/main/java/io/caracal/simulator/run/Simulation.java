/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.node.EnsembleSettings;
import io.caracal.engine.zab.Ensemble;
import io.caracal.simulator.check.Violation;
import io.caracal.simulator.clients.ClientNetwork;
import io.caracal.simulator.clients.SimulatedSession;
import io.caracal.simulator.clients.TreeWalk;
import io.caracal.simulator.peers.SimulatedNetwork;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One run. First, faults strike an ensemble. Then everything heals, and the ensemble must serve again. Then every
 * server's tree is read and compared. Finally all machines lose power, or all processes are killed if logs are not
 * forced, and the trees must be the same when they are back.
 */
public final class Simulation
{
    private static final int MESSAGE_LENGTH_MAX = 256 << 10;
    private static final long START_MAX_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long RECOVERY_MAX_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int WALKER_ID_FIRST = 1000;

    private final long seed;
    private final RunSettings settings;
    private final SplittableRandom random;
    private final Trace trace = new Trace();
    private long nowNs;
    private final Checkers checkers;
    private final SimulatedNetwork network;
    private final ClientNetwork wires;
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final Faults faults;
    private final long[] serverIds;
    private int walkerCount;

    /** A client, with the time of its next duty cycle. */
    private static final class Client
    {
        private final SimulatedSession session;
        private long wakeNs;

        private Client(final SimulatedSession session)
        {
            this.session = session;
        }
    }

    /** Prepares a run. The seed is that of all random choices but the settings. */
    Simulation(final long seed, final RunSettings settings)
    {
        this.seed = seed;
        this.settings = settings;
        checkers = new Checkers(trace, () -> nowNs, settings.servers());
        random = new SplittableRandom(seed ^ 0x5eed);
        serverIds = new long[settings.servers().serverCount()];
        final long[] voters = new long[settings.servers().voterCount()];
        final long[] observers = new long[settings.servers().observerCount()];

        for (int i = 0; i < serverIds.length; i++)
        {
            serverIds[i] = i + 1L;
            (i < voters.length ? voters : observers)[i < voters.length ? i : i - voters.length] = i + 1L;
        }

        network = new SimulatedNetwork(random.nextLong(), settings.network(), MESSAGE_LENGTH_MAX, serverIds);
        wires = new ClientNetwork(random.nextLong());
        final SimulatedServer.World world = new SimulatedServer.World(settings, network, wires, checkers, trace,
            () -> nowNs, EnsembleSettings.of(new Ensemble(voters, observers)), this::onNews);

        for (final long serverId : serverIds)
        {
            servers.add(new SimulatedServer(serverId, random.nextLong(), world));
        }

        for (int i = 0; i < settings.clients().count(); i++)
        {
            clients.add(new Client(new SimulatedSession(i, random.nextLong(), settings.clients().of(i),
                settings.clients().mix().of(random.nextLong(), i), wires, serverIds, checkers)));
        }

        faults = new Faults(random.nextLong(), settings, servers, network, wires, trace);
    }

    /**
     * Runs a seed.
     *
     * @param seed of the run.
     * @return the result of the run.
     */
    public static RunResult run(final long seed)
    {
        return new Simulation(seed, RunSettings.of(seed)).run();
    }

    /**
     * Runs a seed of a scenario.
     *
     * @param scenario that the run follows.
     * @param seed     of the run.
     * @return the result of the run.
     */
    public static RunResult run(final Scenario scenario, final long seed)
    {
        return new Simulation(seed, RunSettings.of(scenario, seed)).run();
    }

    /**
     * Runs the simulation, once.
     *
     * @return the result of the run.
     */
    public RunResult run()
    {
        RuntimeException failure = null;

        try
        {
            servers.forEach(SimulatedServer::start);

            if (settings.faults().beginsInPeace())
            {
                await("the ensemble serves from the first", START_MAX_NS, this::areAllServing);
            }

            faults.begin(nowNs);
            final long endNs = nowNs + settings.faults().faultyNs();
            runUntil(endNs);
            recover();
            walkAll();
            servers.forEach(settings.servers().areForced() ? SimulatedServer::losePower : SimulatedServer::kill);
            servers.forEach(SimulatedServer::start);
            await("the ensemble serves after all lost power", RECOVERY_MAX_NS, this::isCalm);
            walkAll();
            checkers.onEnd();
        }
        catch (final Violation | BrokenInvariantException | IllegalStateException | IllegalArgumentException
            | IndexOutOfBoundsException | NullPointerException | ConcurrentModificationException e)
        {
            trace.add(Trace.WORLD, "VIOLATION", 0, e.toString());
            failure = e;
        }
        finally
        {
            close(failure);
        }

        return new RunResult(seed, settings, trace.hash(), nowNs, faults.counts(), checkers.history.answeredCount(),
            checkers.log.agreed().size(), failure, failure == null ? List.of() : trace.lines());
    }

    private void onNews(final long serverId)
    {
        faults.onNews(servers.get((int)serverId - 1), nowNs);
    }

    private void close(final RuntimeException failure)
    {
        for (final SimulatedServer server : servers)
        {
            if (server.isRunning() && failure == null)
            {
                server.kill();
            }
            else if (server.isRunning())
            {
                server.abandon();
            }
        }
    }

    /** Ends all faults, and waits until the ensemble serves again. */
    private void recover()
    {
        faults.heal(nowNs);
        servers.forEach(SimulatedServer::goOn);
        await("the ensemble serves again after everything healed", RECOVERY_MAX_NS, () ->
        {
            servers.forEach(faults::restart);

            return areAllServing();
        });
        clients.forEach(client -> client.session.isAsking(false));
        await("clients are answered and servers agree", RECOVERY_MAX_NS, this::isCalm);
        await("what goes by itself is gone everywhere", RECOVERY_MAX_NS + TimeUnit.MILLISECONDS.toNanos(
            checkers.reaping.tidyingMs()), () -> checkers.reaping.isTidy() && isCalm());
    }

    private boolean areAllServing()
    {
        return servers.stream().allMatch(SimulatedServer::isServing);
    }

    /** Whether all servers serve and show the same state, no client awaits an answer, and no restore is under way. */
    private boolean isCalm()
    {
        return areAllServing() && servers.stream().noneMatch(SimulatedServer::isRestoring) &&
            clients.stream().allMatch(client -> client.session.isContent()) && servers.stream()
                .allMatch(server -> checkers.log.appliedZxid(server.serverId()) == checkers.log.lastAgreedZxid());
    }

    /** Reads every znode on every server; the checkers compare them with the model. */
    private void walkAll()
    {
        final List<TreeWalk> walks = new ArrayList<>();
        final int clientCount = clients.size();

        for (final long serverId : serverIds)
        {
            final int id = WALKER_ID_FIRST + walkerCount++;
            final TreeWalk walk = settings.clients().mix().walk(id, checkers.tree.paths());
            walks.add(walk);
            clients.add(
                new Client(new SimulatedSession(id, random.nextLong(), settings.clients().client().calm(), walk, wires,
                    new long[]{ serverId }, checkers)));
        }

        await("every server shows its tree", RECOVERY_MAX_NS, () -> walks.stream().allMatch(TreeWalk::isDone));
        clients.subList(clientCount, clients.size()).clear();
        servers.forEach(SimulatedServer::askForStatus);
        await("every server tells its status", RECOVERY_MAX_NS, () -> servers.stream()
            .noneMatch(SimulatedServer::awaitsStatus));
    }

    private void await(final String what, final long limitNs, final BooleanSupplier condition)
    {
        final long endNs = nowNs + limitNs;

        while (!condition.getAsBoolean())
        {
            if (nowNs >= endNs)
            {
                throw new Violation("liveness", what + ": not within " + TimeUnit.NANOSECONDS.toSeconds(limitNs) +
                    " s; " + describe());
            }

            runUntil(nowNs + SLICE_NS);
        }
    }

    private String describe()
    {
        final StringBuilder text = new StringBuilder();
        servers.forEach(server -> text.append("server ").append(server.serverId()).append(' ').append(server.state())
            .append(server.isServing() ? ", " : " (not serving), "));

        return text + "agreed up to " + Violation.zxid(checkers.log.lastAgreedZxid());
    }

    private void runUntil(final long endNs)
    {
        long nextNs = nextNs();

        while (nextNs < endNs)
        {
            advanceTo(nextNs);

            if (faults.wakeNs() <= nowNs)
            {
                faults.doWork(nowNs);
            }

            for (final SimulatedServer server : servers)
            {
                if (server.wakeNs() <= nowNs)
                {
                    server.doWork();
                    faults.onWorked(server);
                }
            }

            if (!faults.isQuiet() || !servers.stream().allMatch(SimulatedServer::isAtItsBest))
            {
                checkers.sessions.onUnquiet(nowNs);
            }

            for (final Client client : clients)
            {
                if (client.wakeNs <= nowNs)
                {
                    client.wakeNs = client.session.doWork(nowNs);
                }
            }

            nextNs = nextNs();
        }

        advanceTo(endNs);
    }

    private long nextNs()
    {
        long nextNs = faults.wakeNs();

        for (final SimulatedServer server : servers)
        {
            nextNs = Math.min(nextNs, server.wakeNs());
        }

        for (final Client client : clients)
        {
            nextNs = Math.min(nextNs, client.wakeNs);
        }

        return nextNs;
    }

    private void advanceTo(final long timeNs)
    {
        nowNs = Math.max(nowNs, timeNs);
        trace.time(nowNs);
        network.advanceTo(nowNs);
        wires.advanceTo(nowNs);
    }
}
