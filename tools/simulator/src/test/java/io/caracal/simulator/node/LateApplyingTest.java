/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.port.Count;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A follower that is behind with applying for longer than sessions time out. The sessions of clients that are there all
 * the time must live, and others must not be taken for alive.
 */
class LateApplyingTest
{
    private static final int EXISTS = 3;
    private static final int ADD_WATCH = 106;
    private static final int RECURSIVE = 1;
    private static final int TIMEOUT_MS = 4000;
    private static final int PING_MS = 900;
    /** Several duty cycles of the slow server. */
    private static final int SETTLE_MS = 600;
    private static final int WRITES = 2000;
    /** Far more than fits in the part of the history that servers keep in memory. */
    private static final int LONG = 5_000;

    private static TestEnsemble start(final long seed, final int cycleMs)
    {
        return start(seed, cycleMs, 1 << 20);
    }

    private static TestEnsemble start(final long seed, final int cycleMs, final int ringLength)
    {
        final TestEnsemble ensemble = new TestEnsemble(seed, 3, 0);
        ensemble.ringLength = ringLength;
        ensemble.servers[0].isSlow(cycleMs);
        ensemble.startAll().await("all serve", 2000, ensemble::areAllServing);
        assertSame(ensemble.servers[2], ensemble.leader());

        return ensemble;
    }

    private static WireClient link(final TestEnsemble ensemble, final TestEnsemble.Server server)
    {
        return new WireClient(server.clients, () -> ensemble.runMs(SETTLE_MS));
    }

    private static WireClient connect(final TestEnsemble ensemble, final TestEnsemble.Server server)
    {
        final WireClient client = link(ensemble, server);
        client.handshake(0, new byte[16], TIMEOUT_MS);

        return client;
    }

    /** The client of a session comes to a server and is taken. */
    private static WireClient comeBack(final TestEnsemble ensemble, final TestEnsemble.Server server,
        final WireClient former)
    {
        final WireClient client = link(ensemble, server);
        client.handshake(former.sessionId, former.password, TIMEOUT_MS);
        assertEquals(former.sessionId, client.sessionId);

        return client;
    }

    private static void answered(final TestEnsemble ensemble, final WireClient client, final String what)
    {
        ensemble.await(what, 1000, client::hasNext);
        assertEquals(0, client.reply().error(), what);
    }

    /** Gives the slow server work for ten seconds, which the others do at once. */
    private static void fallBehind(final TestEnsemble ensemble, final int dataLength)
    {
        for (int i = 0; i < 2; i++)
        {
            final WireClient busy = ensemble.connect(ensemble.servers[2]);
            for (int j = 0; j < WRITES / 2; j++)
            {
                busy.create("/busy-", "x".repeat(dataLength), 2);
            }
        }
        ensemble.runMs(300);
    }

    /** Returns a client that has an ephemeral and is told of everything that happens. */
    private static WireClient watchAll(final TestEnsemble ensemble, final TestEnsemble.Server server)
    {
        final WireClient client = connect(ensemble, server);
        client.request(ADD_WATCH, out ->
        {
            WireClient.string(out, "/");
            out.writeInt(RECURSIVE);
        });
        answered(ensemble, client, "its watch");
        client.create("/e", "", 1);
        ensemble.await("its ephemeral", 1000, client::hasNext);

        return client;
    }

    /** The client pings, and is answered only when the server serves again, which takes longer than its time-out. */
    private static void assertStaysWhileToldOfEvents(final TestEnsemble ensemble, final TestEnsemble.Server slow,
        final WireClient client)
    {
        ensemble.await("the slow server serves nobody", 2000, () -> !slow.agent.isServing());
        int pings = 0;
        while (!slow.agent.isServing())
        {
            client.ping();
            pings++;
            ensemble.runMs(PING_MS);
            assertTrue(client.hasNext(), "no event");
            while (client.hasNext())
            {
                client.next();
            }
            assertTrue(pings < 20, "the slow server does not get ahead");
        }
        assertTrue(pings * PING_MS > TIMEOUT_MS, "it was not late");
        ensemble.runMs(2 * TIMEOUT_MS / 3);
        client.ping();
        ensemble.runMs(TIMEOUT_MS / 2);

        assertFalse(client.end.isEnded());
        final WireClient reader = connect(ensemble, ensemble.leader());
        reader.readPath(EXISTS, "/e", false);
        answered(ensemble, reader, "the ephemeral is still there");
    }

    /**
     * The client moves to another server and comes back, before the first one has applied the move and knows that the
     * session is no longer its own. The leader asks the other server, which hears nothing of the client.
     */
    @ParameterizedTest
    @CsvSource({ "1, 5", "2, 5", "3, 5", "1, 150", "2, 150", "3, 150" })
    void shouldKeepTheSessionOfAClientThatCameBackBeforeItsMoveWasApplied(final long seed, final int cycleMs)
    {
        try (TestEnsemble ensemble = start(seed, cycleMs))
        {
            final TestEnsemble.Server slow = ensemble.servers[0];
            final WireClient first = connect(ensemble, slow);
            first.create("/e", "", 1);
            answered(ensemble, first, "its ephemeral");
            fallBehind(ensemble, 0);
            comeBack(ensemble, ensemble.servers[1], first).end.disconnect();
            final WireClient back = comeBack(ensemble, slow, first);
            for (int i = 0; i < 8; i++)
            {
                ensemble.runMs(PING_MS);
                back.ping();
                answered(ensemble, back, "ping " + i);
            }
            assertNull(ensemble.leader().events.counts.get(Count.SESSIONS_EXPIRED));
            ensemble.await("the slow server hears of the move", 10_000, back.end::isEnded);

            final WireClient again = comeBack(ensemble, slow, first);
            again.readPath(EXISTS, "/e", false);
            answered(ensemble, again, "the ephemeral is still there");
        }
    }

    /**
     * The leader ends, and the next one waits for the slow server, which has to apply what it has logged. Meanwhile it
     * sends watch events, so its client stays. What the client sends waits until the server serves again.
     */
    @ParameterizedTest
    @CsvSource({ "1, 5", "2, 5", "3, 5", "1, 150", "2, 150", "3, 150" })
    void shouldKeepTheSessionOfAClientThatWasToldOfEventsOnly(final long seed, final int cycleMs)
    {
        try (TestEnsemble ensemble = start(seed, cycleMs))
        {
            final TestEnsemble.Server slow = ensemble.servers[0];
            final WireClient client = watchAll(ensemble, slow);
            fallBehind(ensemble, 0);
            ensemble.leader().kill();
            ensemble.await("another server leads", 3000, () -> ensemble.leader() == ensemble.servers[1]);
            assertStaysWhileToldOfEvents(ensemble, slow, client);
        }
    }

    /**
     * The server lacks so much of the history that its leader sends it for longer than sessions time out. What arrives
     * is applied, so the client is sent events.
     */
    @ParameterizedTest
    @CsvSource({ "1, 5", "2, 5", "3, 5", "1, 150", "2, 150", "3, 150" })
    void shouldKeepTheSessionOfAClientWhoseServerIsSentTheHistory(final long seed, final int cycleMs)
    {
        try (TestEnsemble ensemble = start(seed, cycleMs))
        {
            final TestEnsemble.Server slow = ensemble.servers[0];
            final WireClient client = watchAll(ensemble, slow);
            slow.isStopped = true;
            fallBehind(ensemble, LONG);
            ensemble.runMs(1200);
            slow.isStopped = false;
            assertStaysWhileToldOfEvents(ensemble, slow, client);
        }
    }

    /**
     * The client was silent for its whole time-out, and its session has ended. Its server has not applied that yet. It
     * must not take the client back, which would believe that its ephemerals are still there.
     */
    @ParameterizedTest
    @CsvSource({ "1, 5", "2, 5", "3, 5", "1, 150", "2, 150", "3, 150" })
    void shouldNotTakeAClientBackWhoseSessionHasEnded(final long seed, final int cycleMs)
    {
        try (TestEnsemble ensemble = start(seed, cycleMs))
        {
            final TestEnsemble.Server slow = ensemble.servers[0];
            final WireClient client = connect(ensemble, slow);
            client.create("/e", "", 1);
            answered(ensemble, client, "its ephemeral");
            client.end.disconnect();
            fallBehind(ensemble, 0);
            ensemble.await("its session ends", 3 * TIMEOUT_MS,
                () -> ensemble.leader().events.counts.containsKey(Count.SESSIONS_EXPIRED));
            ensemble.runMs(100);
            final WireClient back = link(ensemble, slow);
            back.ask(client.sessionId, client.password, TIMEOUT_MS);
            ensemble.await("the client is told", 1000, back::hasNext);
            back.open();
            assertEquals(0, back.sessionId);
        }
    }

    /**
     * The client stood still for its whole time-out, and its session has ended. Its connection is still there, because
     * its server has not applied the end yet. An answer would make it believe that its ephemerals are still there.
     */
    @ParameterizedTest
    @CsvSource({ "1, 5", "2, 5", "3, 5", "1, 150", "2, 150", "3, 150" })
    void shouldNotAnswerAClientWhoseSessionHasEnded(final long seed, final int cycleMs)
    {
        try (TestEnsemble ensemble = start(seed, cycleMs))
        {
            final TestEnsemble.Server slow = ensemble.servers[0];
            final WireClient client = connect(ensemble, slow);
            client.create("/e", "", 1);
            answered(ensemble, client, "its ephemeral");
            fallBehind(ensemble, 0);
            ensemble.await("its session ends", 3 * TIMEOUT_MS,
                () -> ensemble.leader().events.counts.containsKey(Count.SESSIONS_EXPIRED));
            client.ping();
            ensemble.await("its connection is closed", 1000, client.end::isEnded);
            assertFalse(client.hasNext(), "it was answered");
        }
    }

    /**
     * The client comes to a server that applies its move only after its time-out. Until then that server cannot name
     * the session, and the client can only wait.
     */
    @ParameterizedTest
    @CsvSource({ "1, 5", "2, 5", "3, 5", "1, 150", "2, 150", "3, 150" })
    void shouldKeepTheSessionOfAClientWhoseMoveIsAppliedLate(final long seed, final int cycleMs)
    {
        try (TestEnsemble ensemble = start(seed, cycleMs))
        {
            final TestEnsemble.Server slow = ensemble.servers[0];
            final WireClient first = watchAll(ensemble, ensemble.servers[1]);
            fallBehind(ensemble, 0);
            final WireClient moved = link(ensemble, slow);
            moved.ask(first.sessionId, first.password, TIMEOUT_MS);
            assertIsTakenLate(ensemble, moved);
            assertEquals(first.sessionId, moved.sessionId);
            moved.readPath(EXISTS, "/e", false);
            answered(ensemble, moved, "the ephemeral is still there");
        }
    }

    /** The same with a new session. */
    @ParameterizedTest
    @CsvSource({ "1, 5", "2, 5", "3, 5", "1, 150", "2, 150", "3, 150" })
    void shouldKeepASessionWhoseBeginningIsAppliedLate(final long seed, final int cycleMs)
    {
        try (TestEnsemble ensemble = start(seed, cycleMs))
        {
            final TestEnsemble.Server slow = ensemble.servers[0];
            fallBehind(ensemble, 0);
            final WireClient client = link(ensemble, slow);
            client.ask(0, new byte[16], TIMEOUT_MS);
            assertIsTakenLate(ensemble, client);
        }
    }

    /**
     * What a server has logged and not applied is limited by its part of the history in memory. When no more fits, it
     * serves nobody until it has applied what it missed. Nobody else waits for it.
     */
    @ParameterizedTest
    @CsvSource({ "1, 5", "2, 5", "3, 5", "1, 150", "2, 150", "3, 150" })
    void shouldServeNobodyWhileItIsFurtherBehindThanItsMemoryReaches(final long seed, final int cycleMs)
    {
        try (TestEnsemble ensemble = start(seed, cycleMs, 1 << 18))
        {
            final TestEnsemble.Server slow = ensemble.servers[0];
            fallBehind(ensemble, 1000);
            ensemble.await("it serves nobody", 4000, () -> !slow.agent.isServing());
            final long committed = ensemble.status(ensemble.leader()).lastAppliedZxid();
            ensemble.await("it serves again", 60_000, slow.agent::isServing);
            assertTrue(ensemble.status(slow).lastAppliedZxid() >= committed);
        }
    }

    /**
     * A server that applies 200 transactions in a second, while its leader proposes 500, takes no more memory for that,
     * and does not serve what is older than its memory reaches.
     */
    @ParameterizedTest
    @CsvSource({ "1, 5", "2, 5", "3, 5", "1, 150", "2, 150", "3, 150" })
    void shouldTakeNoMoreMemoryHoweverFarItIsBehind(final long seed, final int cycleMs)
    {
        try (TestEnsemble ensemble = start(seed, cycleMs, 1 << 18))
        {
            final TestEnsemble.Server slow = ensemble.servers[0];
            final WireClient busy = ensemble.connect(ensemble.servers[2]);
            for (int i = 0; i < WRITES; i++)
            {
                busy.create("/busy-", "x".repeat(1000), 2);
                ensemble.runMs(2);
                assertEquals(1 << 18, slow.ledger.bytes(MemoryTag.OUTSTANDING));
            }
            assertFalse(slow.agent.isServing());
            ensemble.await("it serves again", 60_000, slow.agent::isServing);
        }
    }

    /** The client is answered after its time-out, and its session lives on. */
    private static void assertIsTakenLate(final TestEnsemble ensemble, final WireClient client)
    {
        final long waitedMs = ensemble.await("the client is answered", 20_000, client::hasNext);
        assertTrue(waitedMs > TIMEOUT_MS, "it was not late");
        client.open();
        for (int i = 0; i < 3; i++)
        {
            ensemble.runMs(PING_MS);
            client.ping();
            answered(ensemble, client, "ping " + i);
        }
    }
}
