/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.node.EnsembleTimes;
import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.ServerStatusDecoder;
import io.caracal.engine.zab.election.Obstacle;
import io.caracal.engine.zab.election.Standstill;
import io.caracal.simulator.disk.DiskFaults;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Disks of an ensemble that are full or hang: which server steps aside, which ones go on, and that all come back by
 * themselves.
 */
class EnsembleDiskTest
{
    private static final int EXISTS = 3;
    private static final int SYSTEM_ERROR = -1;
    private static final long SYNC_LIMIT_MS = 2000;
    private static final String NO_ROOM = "looking: the own disk has no room";
    private static final String HANGS = "looking: the own disk does not force what it was given";

    /** Segments so short that, as soon as the disk is full, hardly more is left of one than the reserve. */
    private static final DiskFaults SMALL =
        new DiskFaults(50_000, 200_000, 20_000_000, 0, 8 << 20, 64 << 10, 60 << 10, 512 << 10, 30_000_000_000L);

    private static final EnsembleTimes TIMES = TestEnsemble.timesMs(100, 1000, 1232, 200, 5000, SYNC_LIMIT_MS);

    private static TestEnsemble start(final long seed)
    {
        final TestEnsemble ensemble = new TestEnsemble(seed, 3, 0, SMALL, TIMES).startAll();
        ensemble.await("all serve", 1000, ensemble::areAllServing);
        return ensemble;
    }

    private static void write(final TestEnsemble ensemble, final WireClient client, final String path)
    {
        client.create(path, "x", 0);
        assertEquals(0, ensemble.answer(client, path).error());
    }

    /** Writes so much that the first part of a segment is used up and only the reserve is left. */
    private static void fill(final TestEnsemble ensemble, final WireClient client, final String prefix)
    {
        for (int i = 0; i < 40; i++)
        {
            write(ensemble, client, prefix + i);
        }
    }

    /** Takes all room from a follower's disk and writes until that follower has left. */
    private static void makeLeave(final TestEnsemble ensemble, final TestEnsemble.Server full, final WireClient client)
    {
        full.disk.full(true);
        fill(ensemble, client, "/a");
        ensemble.await("it leaves", 2000, () -> hasState(full, NO_ROOM));
    }

    private static void awaitAnotherLeader(final TestEnsemble ensemble, final TestEnsemble.Server former,
        final long maxMs)
    {
        ensemble.await("another leads", maxMs, () -> ensemble.leader() != null && ensemble.leader() != former);
    }

    private static boolean hasState(final TestEnsemble.Server server, final String state)
    {
        return server.events.states.contains(state);
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldMakeALeaderWhoseForcesHangHandOver(final long seed)
    {
        try (TestEnsemble ensemble = start(seed))
        {
            final TestEnsemble.Server hung = ensemble.leader();
            final WireClient client = ensemble.connect(ensemble.follower());
            hung.disk.holdForces(true);
            write(ensemble, client, "/while-it-hangs");
            awaitAnotherLeader(ensemble, hung, SYNC_LIMIT_MS + 1500);
            assertTrue(hasState(hung, HANGS));
            write(ensemble, client, "/after");
            ensemble.runMs(5000);
            assertNotSame(hung, ensemble.leader(), "it stays away while its disk hangs");
            assertFalse(hung.agent.isServing());
            assertFalse(client.end.isEnded(), "a client of a survivor keeps its connection");

            hung.disk.holdForces(false);
            ensemble.await("it is back", 5000, ensemble::areAllServing);
            final WireClient there = ensemble.connect(hung);
            there.readPath(EXISTS, "/after", false);
            assertEquals(0, ensemble.answer(there, "what was written meanwhile").error());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldNotBeSlowedByAFollowerWhoseForcesHang(final long seed)
    {
        try (TestEnsemble ensemble = start(seed))
        {
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server hung = ensemble.follower();
            final WireClient client = ensemble.connect(ensemble.other(leader, hung));
            hung.disk.holdForces(true);
            for (int i = 0; i < 200; i++)
            {
                client.create("/n" + i, "x", 0);
                assertTrue(ensemble.await("write " + i, 1000, client::hasNext) <= 40, "a write waited");
                assertEquals(0, client.reply().error());
                ensemble.runMs(20);
            }
            assertTrue(hasState(hung, HANGS));
            assertSame(leader, ensemble.leader());

            hung.disk.holdForces(false);
            ensemble.await("it is back", 5000, ensemble::areAllServing);
            assertSame(leader, ensemble.leader());
        }
    }

    /** Without this leader there would be no quorum, and reads are better than nothing. */
    @Test
    void shouldKeepALeaderWhoseForcesHangWhenNobodyElseCouldLead()
    {
        try (TestEnsemble ensemble = start(1))
        {
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server dead = ensemble.follower();
            final WireClient client = ensemble.connect(ensemble.other(leader, dead));
            dead.kill();
            leader.disk.holdForces(true);
            client.create("/waits", "x", 0);
            ensemble.runMs(2 * SYNC_LIMIT_MS);
            assertSame(leader, ensemble.leader());
            assertFalse(client.hasNext(), "acknowledged without a quorum");
            leader.disk.holdForces(false);
            assertEquals(0, ensemble.answer(client, "the write that waited").error());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldMakeAFollowerWithoutRoomLeaveAndComeBack(final long seed)
    {
        try (TestEnsemble ensemble = start(seed))
        {
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server full = ensemble.follower();
            final WireClient client = ensemble.connect(ensemble.other(leader, full));
            final WireClient there = ensemble.connect(full);
            makeLeave(ensemble, full, client);
            assertTrue(there.end.isEnded(), "its clients are to find another server");
            fill(ensemble, client, "/b");
            ensemble.runMs(5000);
            assertSame(leader, ensemble.leader());
            assertFalse(full.agent.isServing());

            full.disk.full(false);
            ensemble.await("it is back", 5000, ensemble::areAllServing);
            assertSame(leader, ensemble.leader());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldMakeALeaderWithoutRoomHandOverAndComeBack(final long seed)
    {
        try (TestEnsemble ensemble = start(seed))
        {
            final TestEnsemble.Server full = ensemble.leader();
            final WireClient client = ensemble.connect(ensemble.follower());
            full.disk.full(true);
            fill(ensemble, client, "/a");
            awaitAnotherLeader(ensemble, full, 3000);
            assertTrue(hasState(full, NO_ROOM));
            fill(ensemble, client, "/b");
            assertFalse(client.end.isEnded(), "a client of a survivor keeps its connection");

            full.disk.full(false);
            ensemble.await("it is back", 5000, ensemble::areAllServing);
            assertNotSame(full, ensemble.leader());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldRefuseWritesAndGoOnReadingWhenNoQuorumHasRoom(final long seed)
    {
        try (TestEnsemble ensemble = start(seed))
        {
            final TestEnsemble.Server leader = ensemble.leader();
            final WireClient client = ensemble.connect(leader);
            List.of(ensemble.servers).forEach(server -> server.disk.full(true));
            int error = 0;
            for (int i = 0; i < 100 && error == 0; i++)
            {
                client.create("/n" + i, "x", 0);
                error = ensemble.answer(client, "write " + i).error();
            }
            assertEquals(SYSTEM_ERROR, error);
            ensemble.runMs(5000);
            client.readPath(EXISTS, "/n0", false);
            assertEquals(0, ensemble.answer(client, "a read").error());
            final WireClient late = ensemble.connect(leader);
            late.readPath(EXISTS, "/n0", false);
            assertEquals(0, ensemble.answer(late, "a read of a new session").error());

            List.of(ensemble.servers).forEach(server -> server.disk.full(false));
            ensemble.await("all serve", 5000, ensemble::areAllServing);
            ensemble.runMs(500);
            write(ensemble, late, "/again");
            assertFalse(client.end.isEnded(), "a session ended for want of room");
        }
    }

    /** The server that left is needed when another one dies, so it comes back although it has no room. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldTakeBackAServerWithoutRoomWhenAnotherOneDies(final long seed)
    {
        try (TestEnsemble ensemble = start(seed))
        {
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server full = ensemble.follower();
            final TestEnsemble.Server third = ensemble.other(leader, full);
            final WireClient client = ensemble.connect(leader);
            makeLeave(ensemble, full, client);
            third.kill();
            ensemble.await("the two serve", 10_000, ensemble::areAllServing);
            final WireClient reader = ensemble.connect(full);
            reader.create("/no", "x", 0);
            assertEquals(SYSTEM_ERROR, ensemble.answer(reader, "a write without room at a quorum").error());
            reader.readPath(EXISTS, "/a0", false);
            assertEquals(0, ensemble.answer(reader, "a read").error());
            ensemble.runMs(500);
            assertTrue(lacksRoom(ensemble, leader), "the leader does not say so");
            assertTrue(lacksRoom(ensemble, full), "the learner does not say so");

            third.start();
            ensemble.await("the two with room go on", 10_000, () -> ensemble.leader() != null &&
                ensemble.leader() != full && third.agent.isServing() && !full.agent.isServing());
            full.disk.full(false);
            ensemble.await("all serve", 5000, ensemble::areAllServing);
            ensemble.runMs(500);
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                assertFalse(lacksRoom(ensemble, server), "server " + server.id);
            }
        }
    }

    /** What the server without room has missed does not fit on its disk, and without it there is no quorum. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldNameTheServerWithoutRoomThatALeaderWaitsFor(final long seed)
    {
        try (TestEnsemble ensemble = start(seed))
        {
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server full = ensemble.follower();
            final TestEnsemble.Server third = ensemble.other(leader, full);
            final WireClient client = ensemble.connect(leader);
            makeLeave(ensemble, full, client);
            for (int i = 0; i < 40; i++)
            {
                client.create("/b" + i, "x".repeat(4000), 0);
                assertEquals(0, ensemble.answer(client, "a long write").error());
            }
            third.kill();
            ensemble.await("it is told whom the leader waits for", 20_000, () -> leader.events.notices
                .contains(Obstacle.NOT_ADOPTED.text() + ": " + full.id));
            assertEquals(new Standstill(Obstacle.NOT_ADOPTED, full.id), standstill(ensemble, leader));
            assertEquals(new Standstill(Obstacle.NOT_IN_SYNC, leader.id), standstill(ensemble, full));

            full.disk.full(false);
            ensemble.await("the two serve", 20_000, ensemble::areAllServing);
            assertEquals(Obstacle.NONE, standstill(ensemble, leader).obstacle());
            assertEquals(Obstacle.NONE, standstill(ensemble, full).obstacle());
        }
    }

    private static Standstill standstill(final TestEnsemble ensemble, final TestEnsemble.Server server)
    {
        final ServerStatusDecoder status = ensemble.status(server);
        return new Standstill(Obstacle.of(status.obstacle()), status.hinderer());
    }

    /** Whether a server tells operators that a quorum lacks room on its disks. */
    private static boolean lacksRoom(final TestEnsemble ensemble, final TestEnsemble.Server server)
    {
        return ensemble.status(server).quorumLacksRoom() == BooleanType.T;
    }

    /**
     * Its log holds a committed transaction that its disk has not forced. If it adopted the epoch before that, it could
     * lose the transaction and still win an election against a server of an earlier epoch.
     */
    @Test
    void shouldNotLeadBeforeItsHistoryIsDurable()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server first = ensemble.servers[2];
            final TestEnsemble.Server next = ensemble.servers[1];
            assertSame(first, ensemble.leader());
            final WireClient client = ensemble.connect(first);
            next.disk.holdLogForces(true);
            client.create("/committed", "", 0);
            ensemble.await("it is committed", 1000, client::hasNext);
            ensemble.runMs(50);

            first.kill();
            ensemble.await("the next one is elected", 3000, () -> "leading".equals(next.agent.roleName()));
            ensemble.runMs(500);
            assertEquals("leading", next.agent.roleName());
            assertFalse(next.agent.isServing(), "its disk does not hold all of its history");
            assertEquals(new Standstill(Obstacle.NOT_ADOPTED, next.id), standstill(ensemble, next));
            next.disk.holdLogForces(false);
            ensemble.await("it serves", 1000, next.agent::isServing);
        }
    }
}
