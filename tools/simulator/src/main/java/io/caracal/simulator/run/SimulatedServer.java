/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.AuthEnforcement;
import io.caracal.engine.client.ClientDesk;
import io.caracal.engine.client.ClientLimits;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.node.EnsembleSettings;
import io.caracal.engine.node.NodeAgent;
import io.caracal.engine.node.NodeContext;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.engine.prepare.PrepareSettings;
import io.caracal.engine.snapshot.SnapshotSettings;
import io.caracal.engine.throttle.ThrottleSettings;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.engine.zab.sync.SnapshotChoice;
import io.caracal.simulator.check.Identities;
import io.caracal.simulator.check.Violation;
import io.caracal.simulator.clients.ClientNetwork;
import io.caracal.simulator.clients.SimulatedClientPort;
import io.caracal.simulator.disk.SimulatedDisk;
import io.caracal.simulator.peers.SimulatedNetwork;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * One server of a run. It has a disk that outlives its processes, clocks of its own, and at most one process at a time.
 */
final class SimulatedServer
{
    private static final int FRAME_MAX = 64 << 10;
    private static final int OUTBOUND_MAX = 1 << 20;
    /**
     * Makes a leader send a snapshot even to a server that misses little. Trees are small here, and servers never miss
     * much, so half of the servers use this choice.
     */
    private static final SnapshotChoice SHORT_SNAPSHOTS = new SnapshotChoice(20, 0);
    private static final AclSettings ACLS = new AclSettings(false, true, AclSettings.DIGEST_ALGORITHM_DEFAULT,
        Identities.digestOf(Identities.SUPER_CREDENTIALS), List.of());
    private static final int RING_LENGTH = 1 << 20;
    private static final int TICK_MS = 2000;
    private static final int TIMEOUT_MIN_MS = 2 * TICK_MS;
    private static final int TIMEOUT_MAX_MS = 20 * TICK_MS;
    private static final long NS_PER_MS = 1_000_000;
    private static final long WALL_BEGIN_MS = 1_800_000_000_000L;
    private static final long BUSY_MIN_NS = 20_000;
    private static final long BUSY_MAX_NS = 120_000;
    private static final long IDLE_MIN_NS = 200_000;
    private static final long IDLE_MAX_NS = 1_500_000;

    private final long serverId;
    private final SplittableRandom random;
    private final World world;
    private final String name;

    /** The monotonic clock of each machine begins at another value. */
    private final long clockOffsetNs;
    private SimulatedDisk disk;
    private long wallOffsetMs;
    private NodeAgent agent;
    private ServerFiles files;
    private MemoryLedger ledger;
    private ServerEvents events;
    private ServerOperators operators;
    private SimulatedClientPort clients;
    private long stalledUntilNs;
    private long stuttersUntilNs;
    private long biteNs;
    private long biteGapNs;
    private long biteBeganNs;
    private Slowness slow;
    private long wakeNs;
    private boolean isServing;
    private boolean isBroken;
    private boolean isTrusted = true;

    /** True at first, because nobody can tell a blank disk from a lost one. */
    private boolean isLost = true;
    private long lostZxid;

    /**
     * Shared by all servers of a run.
     *
     * @param settings of the run.
     * @param network  between the servers.
     * @param wires    network between servers and clients.
     * @param checkers of the run.
     * @param trace    of the run.
     * @param clock    returns true time.
     * @param members  of the ensemble, and its time-outs.
     * @param news     is given the id of a server that has just done something important.
     */
    record World(RunSettings settings, SimulatedNetwork network, ClientNetwork wires, Checkers checkers, Trace trace,
        ServerFiles.Clock clock, EnsembleSettings members, LongConsumer news)
    {
    }

    SimulatedServer(final long serverId, final long seed, final World world)
    {
        this.serverId = serverId;
        this.random = new SplittableRandom(seed);
        this.world = world;
        name = name(serverId);
        clockOffsetNs = random.nextLong(1_000_000_000_000L);
        disk = newDisk();
        slow = world.settings.servers().slownessOf(serverId);
    }

    static String name(final long serverId)
    {
        return "server " + serverId;
    }

    /** The session time-out that a client is told that wants another one. */
    static int grantedMs(final int wantedMs)
    {
        return Math.max(TIMEOUT_MIN_MS, Math.min(TIMEOUT_MAX_MS, wantedMs));
    }

    private SimulatedDisk newDisk()
    {
        final SimulatedDisk fresh = new SimulatedDisk(random.nextLong(), world.settings.disk());
        fresh.advanceTo(world.clock.nowNs());

        return fresh;
    }

    long serverId()
    {
        return serverId;
    }

    boolean isRunning()
    {
        return agent != null;
    }

    /** Whether its disk is unusable, so that it cannot start. */
    boolean isBroken()
    {
        return isBroken;
    }

    /** Whether it has lost what it had acknowledged, or began with a blank disk, and has not caught up since. */
    boolean isLost()
    {
        return isLost;
    }

    boolean isServing()
    {
        return isServing;
    }

    /** Whether it serves, and neither stands still nor is slow. */
    boolean isAtItsBest()
    {
        return isServing && slow.equals(Slowness.NONE) &&
            Math.max(stalledUntilNs, stuttersUntilNs) <= world.clock.nowNs();
    }

    String state()
    {
        return isRunning() ? events.state() : "down";
    }

    boolean isLeading()
    {
        return isRunning() && "leading".equals(agent.roleName());
    }

    SimulatedDisk disk()
    {
        return disk;
    }

    long wakeNs()
    {
        return isRunning() ? Math.max(wakeNs, stalledUntilNs) : Long.MAX_VALUE;
    }

    void start()
    {
        world.trace.add(name, "process starts", serverId, null);
        disk.open();
        ledger = new MemoryLedger();
        final Runnable news = () -> world.news.accept(serverId);
        events = new ServerEvents(serverId, world.checkers, world.trace, news);
        operators = new ServerOperators(world.clock::nowNs, status -> world.checkers.lists.onTold(serverId,
            status.lastAppliedZxid(), status.aclCount()));
        clients = new SimulatedClientPort(FRAME_MAX, OUTBOUND_MAX);
        files = new ServerFiles(serverId, disk, world.checkers, world.trace, world.clock, news);
        world.checkers.log.onStart(serverId);
        world.checkers.words.onStart(serverId);
        world.checkers.news.onStart(serverId, world.clock.nowNs());
        world.checkers.epochs.onStart(serverId, files.acceptedEpoch(), files.acceptedLeader(), files.currentEpoch());
        agent = new NodeAgent(context().conclude());
        world.wires.listen(serverId, clients);
        wakeNs = world.clock.nowNs();
        isServing = false;
    }

    private NodeContext context()
    {
        final ClientLimits limits =
            new ClientLimits(TIMEOUT_MIN_MS, TIMEOUT_MAX_MS, 1000, 64, -1, 0, 1 << 16, FRAME_MAX);
        final byte[] secret = new byte[32];
        random.nextBytes(secret);

        return new NodeContext().ledger(ledger)
            .serverId(serverId)
            .ports(new NodeContext.Ports(clients, files, files, files, operators, events))
            .peers(new ServerPeers(serverId, world.network.start(serverId),
                new SpokenWords(serverId, disk, world.checkers,
                    new SpokenWords.Clocks(world.clock::nowNs, clockOffsetNs)),
                world.trace))
            .catchUp(disk.catchUp())
            .ensemble(new EnsembleSettings(world.members.members(), isTrusted, false, false, world.members.times()))
            .snapshotChoice(serverId % 2 == 0 ? SHORT_SNAPSHOTS : SnapshotChoice.DEFAULT)
            .sessionSecret(secret)
            .tickTimeMs(TICK_MS)
            .randomSeed(random.nextLong())
            .proposalRingLength(slow.ringLength() == 0 ? RING_LENGTH : slow.ringLength())
            .counterRollOver(world.settings.servers().txnsPerEpoch())
            .cycleLimits(world.settings.servers().cycleOf(serverId))
            .treeOptions(new TreeOptions(random.nextLong(), true, new EphemeralOwner(true, false)))
            .prepareSettings(new PrepareSettings(true, true, FRAME_MAX))
            .clientSettings(new ClientDesk.Settings(limits, ACLS, AuthEnforcement.none(),
                ThrottleSettings.defaults()))
            .snapshotSettings(new SnapshotSettings(world.settings.servers().txnsPerSnapshot(), 1L << 32,
                SnapshotSettings.BYTES_PER_SECOND_DEFAULT))
            .reaperSettings(world.settings.servers().reaper());
    }

    /**
     * Runs one duty cycle. Before it, the time that passed takes effect on the disk, and messages of clients arrive.
     */
    void doWork()
    {
        final long nowNs = world.clock.nowNs();
        disk.advanceTo(nowNs);
        world.wires.moveTo(serverId);
        clients.nowNs(nowNs + clockOffsetNs);

        try
        {
            final int work = agent.doWork(nowNs + clockOffsetNs, WALL_BEGIN_MS + nowNs / NS_PER_MS + wallOffsetMs);
            world.wires.moveTo(serverId);
            isServing = agent.isServing();
            isTrusted |= isServing;
            wakeNs = nowNs + (work > 0 ? random.nextLong(BUSY_MIN_NS, BUSY_MAX_NS) + slow.extraNs(nowNs) :
                random.nextLong(IDLE_MIN_NS, IDLE_MAX_NS));
            stutter(nowNs);
        }
        catch (final CorruptionException e)
        {
            world.trace.add(name, "cannot start from its disk", serverId, e.getMessage());
            world.checkers.words.onUnusable(serverId, disk.isDamaged(), e.getMessage());
            end();
            isBroken = true;
        }
        catch (final BrokenInvariantException | IllegalStateException | IllegalArgumentException e)
        {
            throw stopped(e);
        }
        catch (final IndexOutOfBoundsException | NullPointerException | ClassCastException e)
        {
            throw stopped(e);
        }
    }

    private Violation stopped(final RuntimeException cause)
    {
        final StackTraceElement[] stack = cause.getStackTrace();
        final Violation violation = new Violation("a server stops only for its disk", name + ": " + cause +
            (stack.length > 1 ? " at " + stack[0] + ", " + stack[1] : ""));
        violation.initCause(cause);

        return violation;
    }

    /** Kills the process; the operating system keeps running. */
    void kill()
    {
        world.trace.add(name, "process is killed", serverId, null);
        disk.kill();
        end();
    }

    /** Tells the process to end. It hands over if it leads, and goes on until it is killed. */
    void handOver()
    {
        world.trace.add(name, "is told to end", serverId, null);
        agent.handOver();
    }

    /** The machine loses power. If logs are not forced, the server loses the end of its log. */
    void losePower()
    {
        world.trace.add(name, "loses power", serverId, null);

        if (world.settings.servers().areForced())
        {
            disk.crash();
        }
        else
        {
            disk.crashUnforced();
            isTrusted = false;
            isLost = true;
            lostZxid = world.checkers.log.lastAgreedZxid();
        }

        end();
    }

    private void end()
    {
        operators.close();
        files.onProcessGone();
        agent.close();
        agent = null;
        isServing = false;
        world.network.kill(serverId);
        world.wires.onServerGone(serverId);

        if (ledger.totalBytes() != 0)
        {
            throw new Violation("a server gives its memory back", name + " keeps " + ledger.totalBytes() + " bytes");
        }
    }

    /** Ends the process because the run has failed, without any further check. */
    void abandon()
    {
        operators.close();
        files.onProcessGone();
        agent.close();
        agent = null;
    }

    /** Replaces the disk by an empty one. Only while no process runs. */
    void wipe()
    {
        world.trace.add(name, "loses its disk", serverId, null);
        disk = newDisk();
        world.checkers.epochs.onWiped(serverId);
        isBroken = false;
        isLost = true;
        lostZxid = world.checkers.log.lastAgreedZxid();
    }

    /** Notes when the server has again everything that was agreed when it lost its disk or the end of its log. */
    void catchUpIfPossible()
    {
        if (isLost && isServing && disk.durableZxid() >= lostZxid)
        {
            world.trace.add(name, "has caught up", serverId, null);
            isLost = false;
        }
    }

    void isDiskFull(final boolean isFull)
    {
        disk.full(isFull);
    }

    void areForcesHeld(final boolean areHeld)
    {
        disk.holdForces(areHeld);
    }

    void areLogForcesHeld(final boolean areHeld)
    {
        disk.holdLogForces(areHeld);
    }

    /** Damages the newest snapshot if an older one can take its place. Returns false otherwise. */
    boolean damageSnapshot()
    {
        return disk.damageNewestSnapshot();
    }

    void stall(final long untilNs)
    {
        world.trace.add(name, "is stopped until ns", untilNs, null);
        stalledUntilNs = Math.max(stalledUntilNs, untilNs);
    }

    void goOn()
    {
        stalledUntilNs = 0;
        stuttersUntilNs = 0;
        slow = Slowness.NONE;
    }

    /** Makes the process alternate between running for a while and standing still for a while. */
    void stutter(final long untilNs, final long newBiteNs, final long newBiteGapNs)
    {
        world.trace.add(name, "stutters until ns", untilNs, null);
        stuttersUntilNs = untilNs;
        biteNs = newBiteNs;
        biteGapNs = newBiteGapNs;
    }

    private void stutter(final long nowNs)
    {
        if (nowNs < stuttersUntilNs && nowNs - biteBeganNs >= biteNs)
        {
            wakeNs = nowNs + biteGapNs;
            biteBeganNs = wakeNs;
        }
    }

    void jumpWallClock(final long offsetMs)
    {
        world.trace.add(name, "has its wall clock set by ms", offsetMs, null);
        wallOffsetMs += offsetMs;
    }

    /** Whether a restore through this server is under way. */
    boolean isRestoring()
    {
        return isRunning() && operators.isRestoring();
    }

    /**
     * Begins to restore the newest snapshot of a server's disk, which may be this server's own. Returns false when
     * there is no such snapshot, its transaction was never agreed, this server does not run, or a restore is under way
     * already.
     */
    boolean restore(final SimulatedServer source, final long restoreId)
    {
        if (!isRunning() || isRestoring())
        {
            return false;
        }

        final RestoreFile file = new RestoreFile(source.disk);

        if (world.checkers.log.find(file.zxid()) == null)
        {
            file.close();
            return false;
        }

        world.checkers.tree.onRestoreSent(restoreId, file.zxid());
        operators.restore(new RestoreDriver(restoreId, serverId, file, random.split()));

        return true;
    }

    /** Asks for the status of the server, which its checkers look at. Only while nothing is under way. */
    void askForStatus()
    {
        operators.ask(OperatorQuery.STATUS);
    }

    boolean awaitsStatus()
    {
        return isRunning() && operators.awaitsStatus();
    }

    void demandSnapshot()
    {
        if (isRunning())
        {
            operators.ask(OperatorQuery.SNAPSHOT);
        }
    }
}
