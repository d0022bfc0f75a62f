/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.node.ReaperSettings;
import io.caracal.simulator.clients.ClientSettings;
import io.caracal.simulator.clients.Mix;
import io.caracal.simulator.clients.Whims;
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
            return drawn.with(servers(drawn, 3))
                .with(faults(EnumSet.of(FaultKind.OVERTHROW), CALM, 3000))
                .with(crowd(12, new ClientSettings(4000, 150, 1, 20, 1, Whims.NONE)));
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
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.FORSAKEN_LEADER, FaultKind.ISOLATION, FaultKind.STUTTER,
                FaultKind.PARTITION);

            return drawn.with(servers(drawn, 5))
                .with(faults(kinds, new FaultAim(FaultAim.Target.ANYBODY, true, 0), 5000))
                .with(crowd(8, new ClientSettings(4000, 1 << random.nextInt(4, 9), 2, 200, 1, Whims.NONE.resting(40))));
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
            return drawn.with(servers(drawn, 3))
                .with(faults(EnumSet.of(FaultKind.BAD_NETWORK), CALM, 3000))
                .with(crowd(6, new ClientSettings(4000, 50, 1, 200, ALL_SERVERS, Whims.NONE.resting(4).late(true))));
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
            return drawn.with(servers(drawn, 3))
                .with(faults(EnumSet.of(FaultKind.KILL), new FaultAim(FaultAim.Target.LEADERS, true, 30), 1500))
                .with(crowd(2, new ClientSettings(10_000, 4000, 1, 1000, ALL_SERVERS, Whims.NONE)));
        }
    },
    /** Snapshots are restored while clients write. Meanwhile servers end and lose each other. */
    RESTORED
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.RESTORE, FaultKind.KILL, FaultKind.POWER_LOSS,
                FaultKind.SNAPSHOT, FaultKind.PARTITION, FaultKind.OVERTHROW, FaultKind.LOSS);

            return drawn.with(servers(drawn, 3))
                .with(faults(kinds, new FaultAim(FaultAim.Target.ANYBODY, false, random.nextInt(10)), 700))
                .with(crowd(5, new ClientSettings(4000, 20, 3, 200, ALL_SERVERS,
                    Whims.NONE.leaving(40).unruly(true))));
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
            final int voters = random.nextInt(1, 7);
            final FaultAim aim = new FaultAim(FaultAim.Target.LEADERS, false, random.nextInt(10));
            final ClientSettings client = new ClientSettings(4000, 1 << random.nextInt(2, 8), 3, 200, ALL_SERVERS,
                Whims.NONE.unruly(random.nextBoolean()));
            final int observers = random.nextInt(3);

            return drawn.with(drawn.servers().counts(voters, observers).txnsPerEpoch(3 << random.nextInt(9)))
                .with(faults(kinds, aim, 2000))
                .with(crowd(5, client));
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
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.POWER_LOSS, FaultKind.KILL, FaultKind.ISOLATION,
                FaultKind.PARTITION, FaultKind.SNAPSHOT);

            return drawn.with(servers(drawn, random.nextBoolean() ? 3 : 5).unforced())
                .with(faults(kinds, new FaultAim(FaultAim.Target.LEADERS, false, random.nextInt(20)), 700))
                .with(crowd(5, new ClientSettings(4000, 50, 3, 200, ALL_SERVERS, Whims.NONE)));
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
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.FORGET, FaultKind.OVERTHROW, FaultKind.PARTITION,
                FaultKind.KILL, FaultKind.LOSS);
            final int voters = random.nextInt(4) == 0 ? 3 : 5;
            final FaultAim.Target target = FaultAim.Target.values()[random.nextInt(3)];
            final FaultAim aim = new FaultAim(target, false, 10 + random.nextInt(40));

            return drawn.with(servers(drawn, voters))
                .with(faults(kinds, aim, 1 << random.nextInt(7, 12)))
                .with(crowd(6, new ClientSettings(4000, 20, 2, 20, ALL_SERVERS, Whims.NONE)));
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
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.KILL, FaultKind.STALL, FaultKind.SNAPSHOT,
                FaultKind.PARTITION, FaultKind.RESTORE);
            final Whims whims = Whims.NONE.leaving(60).resting(400).freezing(400).unruly(true);
            final int voters = random.nextBoolean() ? 1 : 3;
            final FaultAim aim = new FaultAim(FaultAim.Target.ANYBODY, false, random.nextInt(10));
            final ClientSettings client = new ClientSettings(4000, 1 << random.nextInt(1, 5), 8, 200, ALL_SERVERS,
                whims);
            final CycleLimits cycle = new CycleLimits(1 + random.nextInt(4), 1 + random.nextInt(1024),
                1 + random.nextInt(8), 1 + random.nextInt(256), 1 + random.nextInt(8), 1, 1 + random.nextInt(3),
                1 + random.nextInt(2), 1, 1 + random.nextInt(8));

            return drawn.with(servers(drawn, voters).cycle(cycle)).with(faults(kinds, aim, 2000))
                .with(crowd(6, client));
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
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.KILL, FaultKind.PARTITION, FaultKind.LOSS,
                FaultKind.CUT_CLIENT);
            final CycleLimits applying = applying(1 + random.nextInt(2), 1 + random.nextInt(1024));

            return drawn.with(servers(drawn, voters).slow(voters, applying, Slowness.NONE))
                .with(faults(kinds, new FaultAim(FaultAim.Target.ANYBODY, false, random.nextInt(10)), 3000))
                .with(crowd(8, new ClientSettings(4000, 1 << random.nextInt(1, 5), 8, 200, ALL_SERVERS,
                    Whims.NONE.leaving(20).unruly(true))));
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
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.KILL, FaultKind.PARTITION, FaultKind.LOSS,
                FaultKind.OVERTHROW, FaultKind.CUT_CLIENT);
            final int observers = random.nextInt(2);
            final CycleLimits applying = applying(1 + random.nextInt(2), CycleLimits.DEFAULT.txnBytes());
            final FaultAim aim = new FaultAim(FaultAim.Target.LEADERS, false, random.nextInt(10));
            final ClientSettings client = new ClientSettings(4000, 1 << random.nextInt(1, 4), 8, 100,
                2 + random.nextInt(2),
                Whims.NONE.leaving(5 << random.nextInt(3)).resting(20 << random.nextInt(3)));
            final ServerSettings servers = drawn.servers().counts(3, observers);
            final int slow = 1 + random.nextInt(servers.serverCount());
            final long cycleNs = TimeUnit.MILLISECONDS.toNanos(20 + random.nextInt(60));

            return drawn.with(servers.slow(slow, applying, new Slowness(cycleNs, 0, 0)))
                .with(faults(kinds, aim, 5000))
                .with(crowd(8, client));
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
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.KILL, FaultKind.PARTITION, FaultKind.LOSS,
                FaultKind.OVERTHROW, FaultKind.CUT_CLIENT);
            final int voters = 3;
            final int pauseMs = 1 << random.nextInt(4, 8);
            final long cycleNs = slowCycleNs(random);
            final int habit = random.nextInt(3);
            final ClientSettings client = switch (habit)
            {
                case 0 -> new ClientSettings(4000, pauseMs, 4, 100, 2, Whims.NONE.leaving(2).resting(2));
                case 1 -> new ClientSettings(4000, pauseMs, 4, 12_000, 1, Whims.NONE.resting(20));
                default -> new ClientSettings(4000, pauseMs, 4, 100, 2,
                    Whims.NONE.resting(6).late(random.nextBoolean()));
            };
            final Slowness slowness = new Slowness(cycleNs, SLOW_SPELL_NS, habit == 2 ? 1 << 15 : 0);

            return drawn.with(servers(drawn, voters).slow(1 + random.nextInt(voters), oneTxnACycle(), slowness))
                .with(faults(kinds, new FaultAim(FaultAim.Target.LEADERS, false, 0), 15_000))
                .with(new CrowdSettings(6, 3, client));
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
                1 + random.nextInt(2), Whims.NONE.freezing(8).returning(4));
            final Slowness slowness = new Slowness(slowCycleNs(random), SLOW_SPELL_NS, 0);

            return drawn.with(servers(drawn, voters).slow(1 + random.nextInt(voters - 1), oneTxnACycle(), slowness))
                .with(faults(EnumSet.noneOf(FaultKind.class), CALM, 5000))
                .with(new CrowdSettings(15, 3, client));
        }
    },
    /**
     * Clients now and then leave, come back at once or after a while in which their sessions may have ended, and ask
     * for another time-out. Then they just ping. Meanwhile leaders end or hand over, and servers are separated.
     */
    BARGAINING
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.KILL, FaultKind.HAND_OVER, FaultKind.PARTITION,
                FaultKind.LOSS);
            final FaultAim aim = new FaultAim(FaultAim.Target.LEADERS, false, 0);
            final ClientSettings client = new ClientSettings(4000, 1 << random.nextInt(6, 10), 2, 100,
                1 + random.nextInt(3), Whims.NONE.bargaining(2 << random.nextInt(4)));

            return drawn.with(servers(drawn, random.nextBoolean() ? 3 : 5))
                .with(new FaultSettings(kinds, aim, 2 * FAULTY_NS, TimeUnit.SECONDS.toNanos(10), true))
                .with(crowd(8, client));
        }
    },
    /**
     * Clients make containers and TTL znodes, fill, empty and renew them, and leaders, which remove them when they are
     * due, end or hand over. Snapshots are taken and sometimes restored.
     */
    TENDED
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.KILL, FaultKind.HAND_OVER, FaultKind.PARTITION,
                FaultKind.OVERTHROW, FaultKind.SNAPSHOT, FaultKind.POWER_LOSS, FaultKind.HELD_FORCES);
            if (random.nextInt(3) == 0)
            {
                kinds.add(FaultKind.RESTORE);
            }
            final FaultAim aim = new FaultAim(FaultAim.Target.LEADERS, false, random.nextInt(10));
            final ReaperSettings reaper = new ReaperSettings(100 << random.nextInt(5), 300 << random.nextInt(6),
                random.nextBoolean() ? 0 : 1 + random.nextInt(3000));
            final ClientSettings client = new ClientSettings(4000, 1 << random.nextInt(3, 8), 4, 100, ALL_SERVERS,
                Whims.NONE.leaving(100).unruly(true));

            return drawn.with(servers(drawn, random.nextInt(4) == 0 ? 1 : 3).reaping(reaper))
                .with(faults(kinds, aim, 3000))
                .with(crowd(6, client).asking(Mix.TENDED));
        }
    },
    /**
     * Clients write and read data of all lengths, up to what a frame holds. They send many requests at once, and now
     * and then stand still, so that answers pile up. One server has little memory for history. Meanwhile servers end
     * and lose their disks, disks are full, the network is bad, and snapshots are sent back.
     */
    BULKY
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.KILL, FaultKind.POWER_LOSS, FaultKind.PARTITION,
                FaultKind.BAD_NETWORK, FaultKind.FULL_DISK, FaultKind.SNAPSHOT, FaultKind.HELD_FORCES, FaultKind.STALL,
                FaultKind.LOSS, FaultKind.WIPE);
            if (random.nextInt(3) == 0)
            {
                kinds.add(FaultKind.RESTORE);
            }
            final FaultAim aim = new FaultAim(FaultAim.Target.ANYBODY, false, random.nextInt(10));
            final int outstanding = 4 << random.nextInt(4);
            final ClientSettings client = new ClientSettings(4000, 1 << random.nextInt(4, 8), outstanding, 100,
                ALL_SERVERS, Whims.NONE.leaving(200).freezing(200).unruly(true));

            final Slowness little = new Slowness(0, 0, 1 << (17 + random.nextInt(4)));
            final int voters = 3;

            return drawn.with(servers(drawn, voters).slow(1 + random.nextInt(voters), CycleLimits.DEFAULT, little))
                .with(faults(kinds, aim, 3000))
                .with(crowd(6, client).asking(Mix.BULKY));
        }
    },
    /**
     * Clients prove who they are, and access control lists of znodes change all the time. Meanwhile leaders are cut off
     * for so long that requests are parked and sent again. Servers end and get their trees from snapshots, which mostly
     * last for many transactions. Some clients go from server to server.
     */
    GUARDED
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.ISOLATION);
            for (final FaultKind kind : EnumSet.of(FaultKind.KILL, FaultKind.OVERTHROW, FaultKind.POWER_LOSS,
                FaultKind.FORSAKEN_LEADER, FaultKind.PARTITION, FaultKind.LOSS, FaultKind.SNAPSHOT, FaultKind.WIPE,
                FaultKind.RESTORE, FaultKind.CUT_CLIENT))
            {
                if (random.nextInt(3) == 0)
                {
                    kinds.add(kind);
                }
            }
            final FaultAim aim = new FaultAim(FaultAim.Target.LEADERS, random.nextBoolean(), random.nextInt(10));
            final ClientSettings client = new ClientSettings(4000, 8 << random.nextInt(4), 2 + random.nextInt(7), 100,
                ALL_SERVERS, Whims.NONE.leaving(random.nextInt(3) == 0 ? 40 : 0));
            final CycleLimits cycle = random.nextInt(3) == 0 ? CycleLimits.DEFAULT : slowSnapshots();
            final int voters = random.nextInt(4) == 0 ? 1 : 3;
            final ServerSettings servers = drawn.servers().counts(voters, voters == 1 ? 0 : random.nextInt(2));

            return drawn.with(servers.cycle(cycle).txnsPerSnapshot(10 + random.nextInt(50)))
                .with(new FaultSettings(kinds, aim, FAULTY_NS / 2, TimeUnit.MILLISECONDS.toNanos(1500), true))
                .with(crowd(5, client).asking(Mix.GUARDED));
        }
    },
    /**
     * Clients set quotas, change and remove them, and use up what they allow. Meanwhile servers fail in many ways, load
     * snapshots, and sometimes restore them. Some leaders are far behind with applying, and snapshots take long.
     */
    RATIONED
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.KILL, FaultKind.POWER_LOSS, FaultKind.SNAPSHOT,
                FaultKind.PARTITION, FaultKind.LOSS);
            for (final FaultKind kind : EnumSet.of(FaultKind.RESTORE, FaultKind.OVERTHROW, FaultKind.WIPE,
                FaultKind.HAND_OVER, FaultKind.DAMAGED_SNAPSHOT))
            {
                if (random.nextInt(3) == 0)
                {
                    kinds.add(kind);
                }
            }
            if (kinds.contains(FaultKind.RESTORE))
            {
                // A server that needs a snapshot, while that of the leader is damaged, waits for the end of an open
                // restore, and so perhaps for longer than it may take to recover.
                kinds.remove(FaultKind.DAMAGED_SNAPSHOT);
            }
            final int voters = random.nextInt(4) == 0 ? 1 : 3;
            final int observers = random.nextInt(2);
            final CycleLimits cycle = random.nextBoolean() ? CycleLimits.DEFAULT : slowSnapshots();
            final ServerSettings servers = drawn.servers().counts(voters, voters == 1 ? 0 : observers);
            final FaultAim aim = new FaultAim(FaultAim.Target.values()[random.nextInt(3)], false, random.nextInt(10));
            final ClientSettings client = new ClientSettings(4000, 8 << random.nextInt(4), 6, 200, ALL_SERVERS,
                Whims.NONE.leaving(60).unruly(random.nextBoolean()));

            return drawn.with(random.nextInt(3) == 0 ?
                servers.slow(voters, applying(1 + random.nextInt(2), 1 + random.nextInt(1024)), Slowness.NONE) :
                servers.cycle(cycle)).with(faults(kinds, aim, 1500)).with(crowd(5, client).asking(Mix.RATIONED));
        }
    },
    /**
     * Clients set watches of all kinds, remove them, ask which they have, list their ephemerals, and read several
     * znodes at once. They come and go, and servers fail, so watches are set again and again.
     */
    WATCHFUL
    {
        @Override
        RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
        {
            final Set<FaultKind> kinds = EnumSet.of(FaultKind.KILL, FaultKind.PARTITION, FaultKind.LOSS,
                FaultKind.CUT_CLIENT, FaultKind.WIPE);
            final ClientSettings client = new ClientSettings(4000, 8 << random.nextInt(4), 1 + random.nextInt(6), 100,
                ALL_SERVERS, Whims.NONE.leaving(random.nextBoolean() ? 60 : 0));

            return drawn.with(servers(drawn, random.nextInt(4) == 0 ? 1 : 3)).with(faults(kinds, CALM, 1500))
                .with(crowd(5, client).asking(Mix.WATCHFUL));
        }
    };

    private static final int ALL_SERVERS = ClientSettings.ALL_SERVERS;
    private static final FaultAim CALM = new FaultAim(FaultAim.Target.ANYBODY, false, 0);
    private static final long FAULTY_NS = TimeUnit.SECONDS.toNanos(40);
    private static final long SLOW_SPELL_NS = TimeUnit.SECONDS.toNanos(25);

    RunSettings narrow(final RunSettings drawn, final SplittableRandom random)
    {
        return drawn;
    }

    private static ServerSettings servers(final RunSettings drawn, final int voters)
    {
        return drawn.servers().counts(voters, 0);
    }

    private static FaultSettings faults(final Set<FaultKind> kinds, final FaultAim aim, final long gapMs)
    {
        return new FaultSettings(kinds, aim, FAULTY_NS, TimeUnit.MILLISECONDS.toNanos(gapMs), true);
    }

    private static CrowdSettings crowd(final int count, final ClientSettings client)
    {
        return new CrowdSettings(count, 0, client);
    }

    private static long slowCycleNs(final SplittableRandom random)
    {
        return TimeUnit.MILLISECONDS.toNanos(40 << random.nextInt(3));
    }

    private static CycleLimits oneTxnACycle()
    {
        return applying(1, CycleLimits.DEFAULT.txnBytes());
    }

    /** The usual limits, apart from those of snapshots, which last for many transactions. */
    private static CycleLimits slowSnapshots()
    {
        final CycleLimits usual = CycleLimits.DEFAULT;

        return new CycleLimits(usual.txns(), usual.txnBytes(), usual.requests(), usual.replyBytes(),
            usual.listedZnodes(), usual.expiredSessions(), usual.forgottenWatches(), usual.resumedConnections(),
            1, 1);
    }

    /** The usual limits, apart from those of applying. */
    private static CycleLimits applying(final int txns, final long txnBytes)
    {
        final CycleLimits usual = CycleLimits.DEFAULT;

        return new CycleLimits(txns, txnBytes, usual.requests(), usual.replyBytes(), usual.listedZnodes(),
            usual.expiredSessions(), usual.forgottenWatches(), usual.resumedConnections(), usual.snapshotRecords(),
            usual.idleSnapshotRecords());
    }
}
