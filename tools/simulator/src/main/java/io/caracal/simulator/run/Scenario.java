/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.CycleLimits;
import io.caracal.simulator.clients.ClientSettings;
import io.caracal.simulator.peers.NetworkFaults;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Runs of one kind. Situations that need several things together hardly ever arise when everything is drawn. */
public enum Scenario
{
    /** All settings are drawn. */
    ANYTHING,
    /** Leaders are overthrown while they still believe that they lead. Clients at all servers write, sync and read. */
    OVERTHROWN
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            return with(drawn, 3, EnumSet.of(FaultKind.OVERTHROW), CALM, 12, 3000, drawn.network(),
                new ClientSettings(4000, 150, 1, 20, 1, 0, 0, 0, false, false));
        }
    },
    /**
     * Leaders and followers lose each other for long. Each client knows one server only, and now and then just pings
     * it.
     */
    FORSAKEN
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            return with(drawn, 5, EnumSet.of(FaultKind.FORSAKEN_LEADER, FaultKind.ISOLATION, FaultKind.STUTTER,
                FaultKind.PARTITION), new FaultAim(FaultAim.Target.ANYBODY, true, 0), 8, 5000, drawn.network(),
                new ClientSettings(4000, 1 << random.nextInt(4, 9), 2, 200, 1, 0, 40, 0, false, false));
        }
    },
    /**
     * Nothing fails, but the network is bad at times. Clients often rest, and then ping only shortly before their
     * time-out.
     */
    LATE_CLIENTS
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            return with(drawn, 3, EnumSet.of(FaultKind.BAD_NETWORK), CALM, 6, 3000, drawn.network(),
                new ClientSettings(4000, 50, 1, 200, Integer.MAX_VALUE, 0, 4, 0, false, true));
        }
    },
    /**
     * Servers are killed at important moments and stay down for long. Clients write little, so epochs decide elections.
     */
    SLEEPY
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            return with(drawn, 3, EnumSet.of(FaultKind.KILL), new FaultAim(FaultAim.Target.LEADERS, true, 30), 2, 1500,
                drawn.network(), new ClientSettings(10_000, 4000, 1, 1000, Integer.MAX_VALUE, 0, 0, 0, false,
                    false));
        }
    },
    /** Snapshots are restored while clients write. Meanwhile servers end and lose each other. */
    RESTORED
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            return with(drawn, 3, EnumSet.of(FaultKind.RESTORE, FaultKind.KILL, FaultKind.POWER_LOSS,
                FaultKind.SNAPSHOT,
                FaultKind.PARTITION, FaultKind.OVERTHROW, FaultKind.LOSS),
                new FaultAim(FaultAim.Target.ANYBODY, false,
                    random.nextInt(10)),
                5, 700, drawn.network(), new ClientSettings(4000, 20, 3, 200,
                    Integer.MAX_VALUE, 40, 0, 0, true, false));
        }
    },
    /**
     * Leaders step down although nothing is wrong with them, because the counter of their epoch is used up or their
     * process is told to end. Ensembles are of any size, clients write, and servers fail.
     */
    RELIEVED
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.HAND_OVER, FaultKind.SNAPSHOT);
            for (final FaultKind kind : EnumSet.of(FaultKind.KILL, FaultKind.POWER_LOSS, FaultKind.CUT,
                FaultKind.LOSS, FaultKind.STALL, FaultKind.BAD_NETWORK, FaultKind.FULL_DISK, FaultKind.HELD_FORCES,
                FaultKind.PARTITION, FaultKind.WIPE))
            {
                if (random.nextInt(3) == 0)
                {
                    kinds.add(kind);
                }
            }
            final RunSettings run = with(drawn, random.nextInt(1, 7), kinds, new FaultAim(FaultAim.Target.LEADERS,
                false, random.nextInt(10)), 5, 2000, drawn.network(),
                new ClientSettings(4000, 1 << random.nextInt(2,
                    8), 3, 200, Integer.MAX_VALUE, 0, 0, 0, random.nextBoolean(), false));

            return run.with(random.nextInt(3), 3 << random.nextInt(9));
        }
    },
    /**
     * Logs are not forced, so a server that loses power loses what it has acknowledged. This happens to one server at a
     * time. The others still have everything, but are separated now and then.
     */
    UNFORCED
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            return with(drawn, random.nextBoolean() ? 3 : 5, EnumSet.of(FaultKind.POWER_LOSS, FaultKind.KILL,
                FaultKind.ISOLATION, FaultKind.PARTITION, FaultKind.SNAPSHOT),
                new FaultAim(FaultAim.Target.LEADERS,
                    false, random.nextInt(20)),
                5, 700, drawn.network(), new ClientSettings(4000, 50, 3, 200,
                    Integer.MAX_VALUE, 0, 0, 0, false, false))
                .unforced();
        }
    },
    /**
     * Servers that have just promised or adopted something lose their disks, and are back before all others have heard
     * of it. Meanwhile leaders are overthrown and the others lose each other.
     */
    FORGETFUL
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            return with(drawn, random.nextInt(4) == 0 ? 3 : 5, EnumSet.of(FaultKind.FORGET, FaultKind.OVERTHROW,
                FaultKind.PARTITION, FaultKind.KILL, FaultKind.LOSS),
                new FaultAim(FaultAim.Target.values()[random
                    .nextInt(3)], false, 10 + random.nextInt(40)),
                6, 1 << random.nextInt(7, 12), drawn.network(),
                new ClientSettings(4000, 20, 2, 20, Integer.MAX_VALUE, 0, 0, 0, false, false));
        }
    },
    /**
     * Duty cycles do very little of each kind of work, so that everything is put off that can be. Meanwhile clients
     * send many requests at once, come and go, and servers end.
     */
    SHORT_CYCLES
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            return with(drawn, random.nextBoolean() ? 1 : 3, EnumSet.of(FaultKind.KILL, FaultKind.STALL,
                FaultKind.SNAPSHOT, FaultKind.PARTITION, FaultKind.RESTORE),
                new FaultAim(FaultAim.Target.ANYBODY,
                    false, random.nextInt(10)),
                6, 2000, drawn.network(),
                new ClientSettings(
                    4000, 1 << random.nextInt(1, 5), 8, 200, Integer.MAX_VALUE, 60, 400, 400, true, false))
                .with(new CycleLimits(1 +
                    random.nextInt(4), 1 + random.nextInt(1024), 1 + random.nextInt(8), 1 + random.nextInt(256),
                    1 + random.nextInt(8), 1, 1 + random.nextInt(3), 1 + random.nextInt(2), 1,
                    1 + random.nextInt(8)), 0);
        }
    },
    /**
     * One server, which leads as long as it can, applies next to nothing in each duty cycle, and falls far behind the
     * others. Meanwhile clients send many requests at once, come and go, and servers end.
     */
    UNEVEN
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final int voters = 3;
            final CycleLimits usual = CycleLimits.DEFAULT;
            final CycleLimits slow = new CycleLimits(1 + random.nextInt(2), 1 + random.nextInt(1024), usual.requests(),
                usual.replyBytes(), usual.listedZnodes(), usual.expiredSessions(), usual.forgottenWatches(),
                usual.resumedConnections(), usual.snapshotRecords(), usual.idleSnapshotRecords());

            return with(drawn, voters, EnumSet.of(FaultKind.KILL, FaultKind.PARTITION, FaultKind.LOSS,
                FaultKind.CUT_CLIENT), new FaultAim(FaultAim.Target.ANYBODY, false, random.nextInt(10)), 8, 3000,
                drawn.network(), new ClientSettings(4000, 1 << random.nextInt(1, 5), 8, 200, Integer.MAX_VALUE, 20, 0,
                    0, true, false))
                .with(slow, voters);
        }
    },
    /**
     * One server runs so few duty cycles that it is seconds behind the others with applying, as long as clients time
     * out or longer. Clients come and go, and often just ping. Meanwhile leaders end and servers lose each other.
     */
    LATE
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final int voters = 3;
            final int observers = random.nextInt(2);
            final CycleLimits usual = CycleLimits.DEFAULT;
            final CycleLimits slow = new CycleLimits(1 + random.nextInt(2), usual.txnBytes(), usual.requests(),
                usual.replyBytes(), usual.listedZnodes(), usual.expiredSessions(), usual.forgottenWatches(),
                usual.resumedConnections(), usual.snapshotRecords(), usual.idleSnapshotRecords());

            return with(drawn, voters, EnumSet.of(FaultKind.KILL, FaultKind.PARTITION, FaultKind.LOSS,
                FaultKind.OVERTHROW, FaultKind.CUT_CLIENT),
                new FaultAim(FaultAim.Target.LEADERS, false,
                    random.nextInt(10)),
                8, 5000, drawn.network(), new ClientSettings(4000, 1 << random.nextInt(1, 4), 8,
                    100, 2 + random.nextInt(2), 5 << random.nextInt(3), 20 << random.nextInt(3), 0, false, false))
                .with(observers, drawn.txnsPerEpoch())
                .with(slow, 1 + random.nextInt(voters + observers))
                .slow(new RunSettings.Slowness(TimeUnit.MILLISECONDS.toNanos(20 + random.nextInt(60)), 0, 0));
        }
    },
    /**
     * One server falls behind the others with applying, for longer than sessions time out, and catches up now and then.
     * Three clients write all the time. The others go back and forth between two servers, or know one server and stay
     * away for long, or mostly listen. In the last case the slow server has so little memory that it is often full.
     * Sometimes a leader ends.
     */
    FAR_BEHIND
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final int voters = 3;
            final CycleLimits slow = oneTxnACycle();
            final int pauseMs = 1 << random.nextInt(4, 8);
            final long cycleNs = TimeUnit.MILLISECONDS.toNanos(40 << random.nextInt(3));
            final int habit = random.nextInt(3);
            final ClientSettings client = switch (habit)
            {
                case 0 -> new ClientSettings(4000, pauseMs, 4, 100, 2, 2, 2, 0, false, false);
                case 1 -> new ClientSettings(4000, pauseMs, 4, 12_000, 1, 0, 20, 0, false, false);
                default -> new ClientSettings(4000, pauseMs, 4, 100, 2, 0, 6, 0, false, random.nextBoolean());
            };

            return with(drawn, voters, EnumSet.of(FaultKind.KILL, FaultKind.PARTITION, FaultKind.LOSS,
                FaultKind.OVERTHROW, FaultKind.CUT_CLIENT), new FaultAim(FaultAim.Target.LEADERS, false, 0), 6, 15_000,
                drawn.network(), client)
                .with(slow, 1 + random.nextInt(voters))
                .slow(new RunSettings.Slowness(cycleNs, SLOW_SPELL_NS, habit == 2 ? 1 << 15 : 0))
                .busy(3);
        }
    },
    /**
     * Nothing fails, but one follower falls behind with applying for longer than sessions time out. Three clients write
     * all the time. Each of the others now and then leaves its server, comes back at once by way of another server, or
     * after a while in which its session may have ended, and then just pings; or it stands still.
     */
    RETURNING
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final int voters = 3;
            final ClientSettings client = new ClientSettings(4000, 1000 << random.nextInt(2), 4, 100,
                1 + random.nextInt(2), 0, 0, 8, 4, false, false);
            final long cycleNs = TimeUnit.MILLISECONDS.toNanos(40 << random.nextInt(3));

            return with(drawn, voters, EnumSet.noneOf(FaultKind.class), CALM, 15, 5000, drawn.network(), client)
                .with(oneTxnACycle(), 1 + random.nextInt(voters - 1))
                .slow(new RunSettings.Slowness(cycleNs, SLOW_SPELL_NS, 0))
                .busy(3);
        }
    };

    private static final long SLOW_SPELL_NS = TimeUnit.SECONDS.toNanos(25);

    private static final FaultAim CALM = new FaultAim(FaultAim.Target.ANYBODY, false, 0);
    private static final long FAULTY_NS = TimeUnit.SECONDS.toNanos(40);

    RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
    {
        return drawn;
    }

    private static CycleLimits oneTxnACycle()
    {
        final CycleLimits usual = CycleLimits.DEFAULT;

        return new CycleLimits(1, usual.txnBytes(), usual.requests(), usual.replyBytes(), usual.listedZnodes(),
            usual.expiredSessions(), usual.forgottenWatches(), usual.resumedConnections(), usual.snapshotRecords(),
            usual.idleSnapshotRecords());
    }

    private static RunSettings with(final RunSettings drawn, final int voters, final Set<FaultKind> kinds,
        final FaultAim aim, final int clients, final long gapMs, final NetworkFaults network,
        final ClientSettings client)
    {
        return new RunSettings(voters, 0, clients, FAULTY_NS, TimeUnit.MILLISECONDS.toNanos(gapMs), kinds, aim, true,
            drawn.disk(), network, drawn.badNetwork(), client, drawn.txnsPerSnapshot(), drawn.txnsPerEpoch(), true,
            drawn.cycle(), drawn.slowServer(), drawn.slow(), drawn.busyClientCount());
    }
}
