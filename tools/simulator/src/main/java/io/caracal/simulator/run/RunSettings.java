/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.zab.Zxid;
import io.caracal.simulator.clients.ClientSettings;
import io.caracal.simulator.disk.DiskFaults;
import io.caracal.simulator.peers.NetworkFaults;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The settings of a run.
 *
 * @param voterCount      number of servers that vote.
 * @param observerCount   number of observers.
 * @param clientCount     number of clients.
 * @param faultyNs        virtual time during which faults happen, in nanoseconds.
 * @param faultGapNs      mean time between two faults, in nanoseconds.
 * @param kinds           of faults that happen.
 * @param aim             where faults strike and how long they last.
 * @param beginsInPeace   whether faults begin only once all servers serve.
 * @param disk            behavior of all disks.
 * @param network         behavior of the network apart from faults.
 * @param badNetwork      behavior of the network while it is bad.
 * @param client          behavior of all clients.
 * @param txnsPerSnapshot number of transactions after which a server takes a snapshot.
 * @param txnsPerEpoch    number of transactions after which the counter of an epoch is used up.
 * @param areForced       whether logs are forced; if not, a server that loses power loses the end of its log.
 * @param cycle           limits of one duty cycle of a server.
 * @param slowServer      id of the only server that has these limits, while the others have the usual ones; 0: all have
 *                        them.
 * @param slow            what else makes it slow.
 * @param busyClientCount number of clients that have no whims and know all servers, so that there is always something
 *                        to apply.
 */
public record RunSettings(int voterCount, int observerCount, int clientCount, long faultyNs, long faultGapNs,
    Set<FaultKind> kinds, FaultAim aim, boolean beginsInPeace, DiskFaults disk, NetworkFaults network,
    NetworkFaults badNetwork,
    ClientSettings client, int txnsPerSnapshot, long txnsPerEpoch, boolean areForced, CycleLimits cycle,
    long slowServer, Slowness slow, int busyClientCount)
{
    /**
     * What makes a server slow, beside the limits of its duty cycles.
     *
     * @param cycleNs    by how much its duty cycles are longer than those of the others while it has work.
     * @param spellNs    for how long it is slow after it was quick for a while and caught up; 0: for ever.
     * @param ringLength bytes of history that it can keep in memory before it has applied them; 0: as many as the
     *                   others.
     */
    record Slowness(long cycleNs, long spellNs, int ringLength)
    {
        /** A server that is as quick as the others. */
        static final Slowness NONE = new Slowness(0, 0, 0);

        private static final long QUICK_NS = 3000 * MS;

        /** By how much a duty cycle is longer than usual that begins at a given true time. */
        long extraNs(final long nowNs)
        {
            return spellNs == 0 || nowNs % (QUICK_NS + spellNs) >= QUICK_NS ? cycleNs : 0;
        }
    }

    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PAUSE_BITS = 6;
    private static final int PAUSE_BITS_MAX = 12;
    private static final int[] VOTERS = { 1, 3, 3, 3, 3, 3, 5, 5 };

    /**
     * Draws the settings of a run in a scenario.
     *
     * @param scenario that the run follows.
     * @param seed     of the run.
     * @return the same for the same scenario and seed.
     */
    public static RunSettings of(final Scenario scenario, final long seed)
    {
        return scenario.narrow(of(seed), new SplittableRandom(~seed));
    }

    /**
     * Draws the settings of a run. Not every kind of fault is part of every run, because some hide others.
     *
     * @param seed of the run.
     * @return the same for the same seed.
     */
    public static RunSettings of(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final int voterCount = VOTERS[random.nextInt(VOTERS.length)];
        final int observerCount = voterCount == 1 ? 0 : Math.max(0, random.nextInt(4) - 1);
        final Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        final int oneIn = 1 + random.nextInt(4);

        for (final FaultKind kind : FaultKind.values())
        {
            if (kind.isForAnyRun() && random.nextInt(oneIn) == 0)
            {
                kinds.add(kind);
            }
        }

        final long slowForceNs = random.nextLong(MS, 200 * MS);
        final DiskFaults disk = new DiskFaults(MS / 20, random.nextLong(MS / 10, 10 * MS), slowForceNs,
            random.nextInt(50), 1 << 18, 1 << 16, 1 << 14, 1 << 12, 5000 * MS);
        final NetworkFaults network = new NetworkFaults(MS / 50, random.nextLong(MS / 10, 5 * MS), 20 * MS,
            random.nextInt(10), 20 * MS, 0, 0, 1 << 20);
        final NetworkFaults bad = new NetworkFaults(MS / 50, random.nextLong(MS, 50 * MS), 500 * MS,
            random.nextInt(100), 200 * MS, random.nextInt(300), random.nextInt(300), 1 << (13 + random.nextInt(8)));
        final int clientCount = 2 + random.nextInt(5);
        final long faultyNs = random.nextLong(5, 40) * 1000 * MS;
        final long gapNs = random.nextLong(100, 3000) * MS;
        final FaultAim aim = FaultAim.of(random);

        return new RunSettings(voterCount, observerCount, clientCount, faultyNs, gapNs, kinds, aim,
            random.nextBoolean(), disk, network, bad, clients(random), 20 + random.nextInt(400),
            Zxid.COUNTER_ROLL_OVER, true, CycleLimits.DEFAULT, 0, Slowness.NONE, 0);
    }

    private static ClientSettings clients(final SplittableRandom random)
    {
        final int pauseMs = 1 << random.nextInt(random.nextInt(3) == 0 ? PAUSE_BITS_MAX : PAUSE_BITS);
        final int knownServers = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : Integer.MAX_VALUE;
        final int leavesOneIn = random.nextInt(3) == 0 ? 20 << random.nextInt(6) : 0;
        final int restsOneIn = random.nextInt(3) == 0 ? 50 << random.nextInt(6) : 0;
        final int freezesOneIn = random.nextInt(3) == 0 ? 200 << random.nextInt(6) : 0;

        final int timeoutMs = 4000 + random.nextInt(random.nextBoolean() ? 500 : 6000);

        return new ClientSettings(timeoutMs, pauseMs, 1 + random.nextInt(8), 20 + random.nextInt(1000), knownServers,
            leavesOneIn, restsOneIn, freezesOneIn, random.nextBoolean(), false);
    }

    /** Returns these settings with other observers and another length of epochs. */
    RunSettings with(final int observers, final long txnsOfAnEpoch)
    {
        return new RunSettings(voterCount, observers, clientCount, faultyNs, faultGapNs, kinds, aim, beginsInPeace,
            disk, network, badNetwork, client, txnsPerSnapshot, txnsOfAnEpoch, areForced, cycle, slowServer,
            slow, busyClientCount);
    }

    /** Returns these settings with logs that are not forced. */
    RunSettings unforced()
    {
        return new RunSettings(voterCount, observerCount, clientCount, faultyNs, faultGapNs, kinds, aim, beginsInPeace,
            disk, network, badNetwork, client, txnsPerSnapshot, txnsPerEpoch, false, cycle, slowServer,
            slow, busyClientCount);
    }

    /** Returns these settings with other limits of the duty cycles of one server; 0: of all. */
    RunSettings with(final CycleLimits newCycle, final long ofServer)
    {
        return new RunSettings(voterCount, observerCount, clientCount, faultyNs, faultGapNs, kinds, aim, beginsInPeace,
            disk, network, badNetwork, client, txnsPerSnapshot, txnsPerEpoch, areForced, newCycle, ofServer,
            slow, busyClientCount);
    }

    /** Returns these settings with another slowness of the server whose limits are its own. */
    RunSettings slow(final Slowness newSlow)
    {
        return new RunSettings(voterCount, observerCount, clientCount, faultyNs, faultGapNs, kinds, aim, beginsInPeace,
            disk, network, badNetwork, client, txnsPerSnapshot, txnsPerEpoch, areForced, cycle, slowServer, newSlow,
            busyClientCount);
    }

    /** Returns these settings with clients that are always busy. */
    RunSettings busy(final int newBusyClientCount)
    {
        return new RunSettings(voterCount, observerCount, clientCount, faultyNs, faultGapNs, kinds, aim, beginsInPeace,
            disk, network, badNetwork, client, txnsPerSnapshot, txnsPerEpoch, areForced, cycle, slowServer, slow,
            newBusyClientCount);
    }

    /** The behavior of a client. */
    ClientSettings clientOf(final int index)
    {
        return index < busyClientCount ? client.busy() : client;
    }

    /** Limits of the duty cycles of a server. */
    CycleLimits cycleOf(final long serverId)
    {
        return slowServer == 0 || slowServer == serverId ? cycle : CycleLimits.DEFAULT;
    }

    /** What makes a server slow. */
    Slowness slownessOf(final long serverId)
    {
        return slowServer == serverId ? slow : Slowness.NONE;
    }

    /** Whether a server may be so far behind that what it shows is old. */
    boolean isLate(final long serverId)
    {
        return slownessOf(serverId).cycleNs() > 0;
    }

    int serverCount()
    {
        return voterCount + observerCount;
    }

    /** Whether the ensemble has enough voters to survive the loss of one disk. */
    boolean mayLoseDisks()
    {
        return voterCount > 2;
    }

    @Override
    public String toString()
    {
        return voterCount + " voters, " + observerCount + " observers, " + clientCount + " clients, faults " + kinds +
            " " +
            aim;
    }
}
