/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.simulator.clients.ClientSettings;
import io.caracal.simulator.clients.Whims;
import io.caracal.simulator.disk.DiskFaults;
import io.caracal.simulator.peers.NetworkFaults;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The settings of a run.
 *
 * @param servers    of the run.
 * @param clients    of the run.
 * @param faults     that happen.
 * @param disk       behavior of all disks.
 * @param network    behavior of the network apart from faults.
 * @param badNetwork behavior of the network while it is bad.
 */
record RunSettings(ServerSettings servers, CrowdSettings clients, FaultSettings faults, DiskFaults disk,
    NetworkFaults network, NetworkFaults badNetwork)
{
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PAUSE_BITS = 6;
    private static final int PAUSE_BITS_MAX = 12;
    private static final int[] VOTERS = { 1, 3, 3, 3, 3, 3, 5, 5 };

    /** Draws the settings of a run in a scenario: the same for the same scenario and seed. */
    static RunSettings of(final Scenario scenario, final long seed)
    {
        return scenario.narrow(of(seed), new SplittableRandom(~seed));
    }

    /**
     * Draws the settings of a run: the same for the same seed. Not every kind of fault is part of every run, because
     * some hide others.
     */
    static RunSettings of(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final int voterCount = VOTERS[random.nextInt(VOTERS.length)];
        final int observerCount = voterCount == 1 ? 0 : Math.max(0, random.nextInt(4) - 1);
        final Set<FaultKind> kinds = kinds(random);
        final DiskFaults disk = disk(random);
        final NetworkFaults network = new NetworkFaults(MS / 50, random.nextLong(MS / 10, 5 * MS), 20 * MS,
            random.nextInt(10), 20 * MS, 0, 0, 1 << 20);
        final NetworkFaults bad = new NetworkFaults(MS / 50, random.nextLong(MS, 50 * MS), 500 * MS,
            random.nextInt(100), 200 * MS, random.nextInt(300), random.nextInt(300), 1 << (13 + random.nextInt(8)));
        final int clientCount = 2 + random.nextInt(5);
        final FaultSettings faults = faults(kinds, random);
        final CrowdSettings clients = new CrowdSettings(clientCount, 0, client(random));

        return new RunSettings(new ServerSettings(voterCount, observerCount, 20 + random.nextInt(400)), clients, faults,
            disk, network, bad);
    }

    private static Set<FaultKind> kinds(final SplittableRandom random)
    {
        final Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        final int oneIn = 1 + random.nextInt(4);
        for (final FaultKind kind : FaultKind.values())
        {
            if (kind.isForAnyRun() && random.nextInt(oneIn) == 0)
            {
                kinds.add(kind);
            }
        }

        return kinds;
    }

    private static DiskFaults disk(final SplittableRandom random)
    {
        final long slowForceNs = random.nextLong(MS, 200 * MS);

        return new DiskFaults(MS / 20, random.nextLong(MS / 10, 10 * MS), slowForceNs, random.nextInt(50), 1 << 18,
            1 << 16, 1 << 14, 1 << 12, 5000 * MS);
    }

    private static FaultSettings faults(final Set<FaultKind> kinds, final SplittableRandom random)
    {
        final long faultyNs = random.nextLong(5, 40) * 1000 * MS;
        final long gapNs = random.nextLong(100, 3000) * MS;
        final FaultAim aim = FaultAim.of(random);

        return new FaultSettings(kinds, aim, faultyNs, gapNs, random.nextBoolean());
    }

    private static ClientSettings client(final SplittableRandom random)
    {
        final int pauseMs = 1 << random.nextInt(random.nextInt(3) == 0 ? PAUSE_BITS_MAX : PAUSE_BITS);
        final int knownServers = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : ClientSettings.ALL_SERVERS;
        final Whims whims = Whims.NONE.leaving(random.nextInt(3) == 0 ? 20 << random.nextInt(6) : 0)
            .resting(random.nextInt(3) == 0 ? 50 << random.nextInt(6) : 0)
            .freezing(random.nextInt(3) == 0 ? 200 << random.nextInt(6) : 0);
        final int timeoutMs = 4000 + random.nextInt(random.nextBoolean() ? 500 : 6000);

        return new ClientSettings(timeoutMs, pauseMs, 1 + random.nextInt(8), 20 + random.nextInt(1000), knownServers,
            whims.unruly(random.nextBoolean()));
    }

    /** Returns these settings with other servers. */
    RunSettings with(final ServerSettings newServers)
    {
        return new RunSettings(newServers, clients, faults, disk, network, badNetwork);
    }

    /** Returns these settings with other clients. */
    RunSettings with(final CrowdSettings newClients)
    {
        return new RunSettings(servers, newClients, faults, disk, network, badNetwork);
    }

    /** Returns these settings with other faults. */
    RunSettings with(final FaultSettings newFaults)
    {
        return new RunSettings(servers, clients, newFaults, disk, network, badNetwork);
    }

    @Override
    public String toString()
    {
        return servers.voterCount() + " voters, " + servers.observerCount() + " observers, " + clients.count() +
            " clients, faults " + faults.kinds() + " " + faults.aim();
    }
}
