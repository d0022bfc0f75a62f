/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.engine.zab.sync.SnapshotChoice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of an ensemble: how they move between servers, end with their clients, and outlive changes of leader. */
class EnsembleSessionsTest
{
    private static final int EXISTS = 3;
    private static final int GET_DATA = 4;
    private static final int CLOSE_SESSION = -11;
    private static final int NO_NODE = -101;
    private static final long ROUND_MS = 50;
    private static final long TIMEOUT_MS = 10_000;
    private static final long ALMOST_A_LEASE_MS = 900;
    private static final int SHORT_MS = 4000;
    private static final int LONG_MS = 30_000;

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldMoveASessionToAnotherServer(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final WireClient first = ensemble.connect(ensemble.servers[0]);
            first.create("/e", "", 1);
            assertEquals(0, ensemble.answer(first, "ephemeral").error());
            final WireClient second = ensemble.resume(ensemble.servers[1], first);
            assertEquals(first.sessionId, second.sessionId);
            ensemble.await("the old connection ends", 1000, first.end::isEnded);
            second.create("/e2", "", 1);
            assertEquals(0, ensemble.answer(second, "another").error());
            ensemble.servers[0].kill();
            ensemble.await("the others serve", 3000, ensemble::areAllServing);
            second.readPath(GET_DATA, "/e", false);
            assertEquals(0, ensemble.answer(second, "still there").error());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldExpireASessionWhoseClientIsSilentAndNoOther(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server follower = ensemble.follower();
            final WireClient silent = ensemble.connect(follower);
            final WireClient lively = ensemble.connect(follower);
            silent.create("/silent", "", 1);
            lively.create("/lively", "", 1);
            ensemble.answer(silent, "silent");
            ensemble.answer(lively, "lively");
            for (int i = 0; i < 30; i++)
            {
                ensemble.runMs(1000);
                lively.readPath(EXISTS, "/silent", false);
                if (ensemble.answer(lively, "exists").error() != 0)
                {
                    assertTrue(i >= 9, "expired after " + i + " s, asked for 10");
                    assertTrue(silent.end.isEnded());
                    assertEquals(1L, ensemble.leader().events.counts.get(Count.SESSIONS_EXPIRED));
                    return;
                }
            }
            throw new AssertionError("the silent session did not expire");
        }
    }

    /**
     * A client asks a second server to take its session and goes back to the first one, while no log is forced. So the
     * move is prepared but cannot be settled. By then the leader asks the second server, which knows of no client, and
     * ignores what the first server reports. The session must live nevertheless, because its client was never silent.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldNotExpireASessionOnTheMoveWhoseClientWentBack(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server here = ensemble.follower();
            final TestEnsemble.Server there = ensemble.other(here, ensemble.leader());
            final WireClient client = ensemble.link(here);
            client.handshake(0, new byte[16], 4000);
            client.create("/e", "", 1);
            assertEquals(0, ensemble.answer(client, "ephemeral").error());
            holdForces(ensemble, true);
            final WireClient visitor = ensemble.link(there);
            visitor.ask(client.sessionId, client.password, 4000);
            ensemble.runMs(300);
            visitor.end.disconnect();
            for (int i = 0; i < 7; i++)
            {
                ensemble.runMs(900);
                client.ping();
                assertEquals(0, ensemble.answer(client, "ping " + i).error());
            }
            holdForces(ensemble, false);
            ensemble.runMs(1000);
            assertNull(ensemble.leader().events.counts.get(Count.SESSIONS_EXPIRED));
            final WireClient again = ensemble.link(here);
            again.handshake(client.sessionId, client.password, 4000);
            assertEquals(client.sessionId, again.sessionId);
            again.readPath(EXISTS, "/e", false);
            assertEquals(0, ensemble.answer(again, "its ephemeral").error());
        }
    }

    private static void holdForces(final TestEnsemble ensemble, final boolean areHeld)
    {
        for (final TestEnsemble.Server server : ensemble.servers)
        {
            server.disk.holdLogForces(areHeld);
        }
    }

    /**
     * The followers have restarted and follow another leader, which the old one cannot know yet. A session that began
     * there is unknown to the old leader, but not over. Its client has seen no zxid that would tell the old leader so.
     */
    @Test
    void shouldNotCallASessionOverThatBeganUnderALaterLeader()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server old = ensemble.leader();
            final List<TestEnsemble.Server> others =
                Arrays.stream(ensemble.servers).filter(server -> server != old).toList();
            others.forEach(server -> ensemble.cut(server, old, true));
            others.forEach(TestEnsemble.Server::kill);
            others.forEach(TestEnsemble.Server::start);
            ensemble.await("the others have a leader", 700,
                () -> others.stream().allMatch(server -> server.agent.isServing()));
            assertTrue(old.agent.isServing(), "the old leader does not know yet");
            final WireClient first = ensemble.connect(others.get(0));

            final WireClient second = ensemble.link(old);
            second.ask(first.sessionId, first.password, 10_000);
            ensemble.await("the old leader steps down", 2000, () -> !old.agent.isServing());
            assertFalse(second.hasNext(), "an answer of a leader that has been replaced");
            assertTrue(second.end.isEnded(), "the client can go elsewhere");

            ensemble.network.heal();
            ensemble.await("all serve", 5000, ensemble::areAllServing);
            assertEquals(first.sessionId, ensemble.resume(old, first).sessionId);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldCallASessionOverThatHasEnded(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final WireClient client = ensemble.connect(ensemble.servers[0]);
            client.request(CLOSE_SESSION, out -> out.flush());
            ensemble.answer(client, "the end");
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                final WireClient late = ensemble.resume(server, client);
                assertEquals(0, late.sessionId, "at " + server.id);
                ensemble.await("the connection ends", 1000, late.end::isEnded);
            }
        }
    }

    /**
     * A follower can be ahead of its leader with applying, for the leader has more to do. A session that began a moment
     * ago lives even though the leader has not applied its beginning.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldTakeRequestsOfASessionThatTheLeaderHasNotAppliedYet(final long seed)
    {
        final TestEnsemble ensemble = new TestEnsemble(seed, 3, 0);
        final TestEnsemble.Server slow = ensemble.servers[2];
        slow.cycleLimits = TestEnsemble.ONE_TXN_A_CYCLE;
        try (ensemble)
        {
            ensemble.startAll().await("all serve", 1000, ensemble::areAllServing);
            assertSame(slow, ensemble.leader());
            final TestEnsemble.Server follower = ensemble.follower();
            final WireClient busy = ensemble.connect(follower);
            for (int i = 0; i < 1000; i++)
            {
                busy.create("/busy-", "", 2);
            }

            final WireClient client = new WireClient(follower.clients, ensemble::step);
            client.ask(0, new byte[16], 10_000);
            ensemble.await("the session begins", 1000, client::hasNext);
            client.open();
            client.create("/e", "", 1);
            assertEquals(0, ensemble.answer(client, "its ephemeral").error());
            client.request(CLOSE_SESSION, out -> out.flush());
            assertEquals(0, ensemble.answer(client, "its end").error());
            final WireClient reader = ensemble.connect(follower);
            reader.readPath(EXISTS, "/e", false);
            assertEquals(NO_NODE, ensemble.answer(reader, "the ephemeral goes with its session").error());
        }
    }

    /**
     * A leader that was replaced goes on answering for a while without the new leader being told. A follower that still
     * follows it, and is cut off from it at the last moment, goes on for longer. These answers count nevertheless.
     * Sessions expire at ticks, so several moments between two ticks are tried.
     */
    @ParameterizedTest
    @CsvSource({ "3,0", "3,400", "3,800", "3,1200", "3,1600", "5,0", "5,400", "5,800", "5,1200", "5,1600" })
    void shouldNotExpireASessionTooSoonThatAReplacedLeaderOrItsFollowerAnswered(final int voters, final long afterMs)
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, voters, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            ensemble.runMs(afterMs);
            final TestEnsemble.Server old = ensemble.leader();
            final TestEnsemble.Server holder = voters == 3 ? old : ensemble.follower();
            final List<TestEnsemble.Server> others =
                Arrays.stream(ensemble.servers).filter(server -> server != old && server != holder).toList();
            final WireClient client = ensemble.connect(holder);
            client.create("/e", "", 1);
            assertEquals(0, ensemble.answer(client, "an ephemeral").error());
            for (final TestEnsemble.Server server : others)
            {
                ensemble.cut(server, old, true);
                ensemble.cut(server, holder, true);
            }
            others.forEach(TestEnsemble.Server::kill);
            others.forEach(TestEnsemble.Server::start);
            final long silentMs = ensemble.await("the others have a leader", 700,
                () -> others.stream().allMatch(server -> server.agent.isServing()));
            if (holder != old)
            {
                ensemble.runMs(ALMOST_A_LEASE_MS);
                ensemble.cut(holder, old, true);
            }
            assertExpiresInTime(ensemble, client, holder, others.get(0), silentMs);
        }
    }

    /**
     * A follower that is cut off goes on answering for a while without its leader being told. These answers count
     * nevertheless.
     */
    @ParameterizedTest
    @ValueSource(longs = { 0, 400, 800, 1200, 1600 })
    void shouldNotExpireASessionTooSoonThatALostFollowerAnswered(final long afterMs)
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            ensemble.runMs(TIMEOUT_MS + afterMs);
            final TestEnsemble.Server lost = ensemble.follower();
            final WireClient client = ensemble.connect(lost);
            client.create("/e", "", 1);
            assertEquals(0, ensemble.answer(client, "an ephemeral").error());
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                if (server != lost)
                {
                    ensemble.cutStreams(server, lost, true);
                }
            }
            assertExpiresInTime(ensemble, client, lost, ensemble.leader(), 0);
        }
    }

    /**
     * Lets a client read as long as its server answers. Then its session must expire, but not before its time-out has
     * passed since the last answer.
     */
    private static void assertExpiresInTime(final TestEnsemble ensemble, final WireClient client,
        final TestEnsemble.Server server, final TestEnsemble.Server witness, final long silentBeforeMs)
    {
        long silentMs = silentBeforeMs;
        while (server.agent.isServing())
        {
            client.readPath(EXISTS, "/e", false);
            ensemble.runMs(ROUND_MS);
            silentMs = client.hasNext() && client.reply().error() == 0 ? 0 : silentMs + ROUND_MS;
        }

        final WireClient reader = ensemble.connect(witness);
        silentMs += ROUND_MS;
        int error = 0;
        while (error == 0)
        {
            reader.readPath(EXISTS, "/e", false);
            ensemble.runMs(ROUND_MS);
            silentMs += ROUND_MS;
            error = reader.reply().error();
            assertTrue(silentMs < 20_000, "it never expires");
        }
        assertTrue(silentMs >= client.timeoutMs, "it expires after " + silentMs + " ms");
    }

    /** Starts an ensemble with a client that began with a short time-out and then agreed on a long one. */
    private static WireClient agreeAnew(final TestEnsemble ensemble)
    {
        ensemble.startAll().await("all serve", 2000, ensemble::areAllServing);
        assertSame(ensemble.servers[2], ensemble.leader());
        final WireClient first = ensemble.link(ensemble.servers[0]);
        first.handshake(0, new byte[16], SHORT_MS);
        first.create("/e", "", 1);
        assertEquals(0, ensemble.answer(first, "its ephemeral").error());
        first.end.disconnect();
        final WireClient client = ensemble.link(ensemble.servers[0]);
        client.handshake(first.sessionId, first.password, LONG_MS);
        assertEquals(LONG_MS, client.timeoutMs);

        return client;
    }

    /** The leader hears of it from the server that holds the session. */
    @Test
    void shouldKeepTheTimeoutThatWasAgreedOnLast()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0))
        {
            final WireClient client = agreeAnew(ensemble);
            ensemble.runMs(3 * SHORT_MS);
            client.readPath(EXISTS, "/e", false);
            assertEquals(0, ensemble.answer(client, "the ephemeral is still there").error());
        }
    }

    /**
     * The history holds only the time-out that a session began with. The next leader hears of the other one from the
     * server that holds the session. One of the two has to apply its history for longer than the first time-out.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2 })
    void shouldKeepTheTimeoutThatWasAgreedOnLastThoughAServerAppliesForLong(final long late)
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0))
        {
            ensemble.servers[(int)late - 1].isSlow(5);
            final WireClient client = agreeAnew(ensemble);
            for (int i = 0; i < 2; i++)
            {
                final WireClient busy = ensemble.connect(ensemble.servers[2]);
                for (int j = 0; j < 1000; j++)
                {
                    busy.create("/busy-", "", 2);
                }
            }
            ensemble.runMs(300);
            ensemble.leader().kill();
            ensemble.await("the next leader", 3000, () -> "leading".equals(ensemble.servers[1].agent.roleName()));
            final long tookMs = ensemble.await("all serve", 20_000, ensemble::areAllServing);
            assertTrue(tookMs > 3 * SHORT_MS / 2, "it was not late");

            ensemble.runMs(3 * SHORT_MS);
            client.readPath(EXISTS, "/e", false);
            assertEquals(0, ensemble.answer(client, "the ephemeral is still there").error());
        }
    }

    /** Nor does the next leader forget it because the client is away when the leader changes. */
    @Test
    void shouldKeepTheTimeoutThatWasAgreedOnLastWhileTheClientIsAway()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0))
        {
            final WireClient client = agreeAnew(ensemble);
            client.end.disconnect();
            shouldComeBackAfterAChangeOfLeader(ensemble, client);
        }
    }

    /**
     * Nor does a next leader count by a shorter time-out that was agreed on when it held the session itself. The client
     * has since agreed with another server on the time-out that it began with, which that server does not report.
     */
    @Test
    void shouldNotCountByATimeoutThatWasAgreedOnBeforeTheSessionMoved()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0))
        {
            ensemble.startAll().await("all serve", 2000, ensemble::areAllServing);
            final WireClient first = ensemble.link(ensemble.servers[1]);
            first.handshake(0, new byte[16], LONG_MS);
            first.create("/e", "", 1);
            assertEquals(0, ensemble.answer(first, "its ephemeral").error());
            first.end.disconnect();
            final WireClient hurried = ensemble.link(ensemble.servers[1]);
            hurried.handshake(first.sessionId, first.password, SHORT_MS);
            assertEquals(SHORT_MS, hurried.timeoutMs);
            hurried.end.disconnect();
            final WireClient calm = ensemble.link(ensemble.servers[0]);
            calm.handshake(first.sessionId, first.password, LONG_MS);
            assertEquals(LONG_MS, calm.timeoutMs);
            calm.end.disconnect();
            shouldComeBackAfterAChangeOfLeader(ensemble, first);
            assertSame(ensemble.servers[1], ensemble.leader());
        }
    }

    /** Nor does the server that holds the session forget it with its tree, which a snapshot of the leader replaces. */
    @Test
    void shouldKeepTheTimeoutThatWasAgreedOnLastThoughTheTreeIsReplaced()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0))
        {
            ensemble.txnsPerSnapshot = 40;
            ensemble.snapshotChoice = new SnapshotChoice(20, 0);
            final WireClient client = agreeAnew(ensemble);
            client.end.disconnect();
            ensemble.runMs(500);
            ensemble.isolate(ensemble.servers[0], true);
            final WireClient busy = ensemble.connect(ensemble.leader());
            for (int i = 0; i < 100; i++)
            {
                busy.create("/n" + i, "", 0);
            }
            ensemble.runMs(2000);
            ensemble.isolate(ensemble.servers[0], false);
            ensemble.await("it has the snapshot", 5000, ensemble::areAllServing);
            assertTrue(ensemble.servers[0].events.notices.stream().anyMatch(notice -> notice.contains("snapshot")),
                ensemble.servers[0].events.notices::toString);
            shouldComeBackAfterAChangeOfLeader(ensemble, client);
        }
    }

    /** The client is away, and comes back after the shorter time-out and before the longer one. */
    private static void shouldComeBackAfterAChangeOfLeader(final TestEnsemble ensemble, final WireClient client)
    {
        ensemble.runMs(500);
        ensemble.leader().kill();
        ensemble.await("another leads", 3000, ensemble::areAllServing);

        ensemble.runMs(3 * SHORT_MS);
        final WireClient back = ensemble.link(ensemble.servers[0]);
        back.handshake(client.sessionId, client.password, LONG_MS);
        assertEquals(client.sessionId, back.sessionId);
        back.readPath(EXISTS, "/e", false);
        assertEquals(0, ensemble.answer(back, "the ephemeral is still there").error());
    }
}
