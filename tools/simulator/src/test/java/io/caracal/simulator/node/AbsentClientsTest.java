/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Sessions on a server that its leader loses and finds again at intervals shorter than their time-out. Such a server
 * may have heard a client without having been able to tell anyone. That must not end a session early, nor may it keep a
 * session alive whose client has gone.
 */
class AbsentClientsTest
{
    private static final int EXISTS = 3;
    private static final int TIMEOUT_MS = 6000;
    private static final int TICK_MS = 2000;
    private static final int LEASE_MS = 1000;
    private static final int PERIOD_MS = 2500;
    /** At worst twice the time-out, two leases, a tick, and another tick for the end of the session to arrive. */
    private static final int BOUND_MS = 2 * TIMEOUT_MS + 2 * LEASE_MS + 2 * TICK_MS;

    /** How a server comes to attach to its leader again. */
    enum Loss
    {
        /** The link to its leader breaks. */
        LINK
        {
            @Override
            void lose(final TestEnsemble ensemble, final TestEnsemble.Server server)
            {
                ensemble.network.lose(ensemble.leader().id, server.id);
            }
        },
        /** The server's process ends and another one starts. */
        PROCESS
        {
            @Override
            void lose(final TestEnsemble ensemble, final TestEnsemble.Server server)
            {
                server.kill();
                ensemble.runMs(50);
                server.start();
            }
        };

        abstract void lose(TestEnsemble ensemble, TestEnsemble.Server server);
    }

    private static WireClient connect(final TestEnsemble ensemble, final TestEnsemble.Server server)
    {
        final WireClient client = ensemble.link(server);
        client.handshake(0, new byte[16], TIMEOUT_MS);
        assertEquals(TIMEOUT_MS, client.timeoutMs);
        client.create("/e", "", 1);
        ensemble.await("an ephemeral", 500, client::hasNext);
        assertEquals(0, client.reply().error());
        return client;
    }

    /** The client of a session comes to its server, and is taken. Little time passes meanwhile. */
    private static WireClient comeBack(final TestEnsemble ensemble, final TestEnsemble.Server server,
        final WireClient former, final String what)
    {
        final WireClient client = new WireClient(server.clients, () -> ensemble.runMs(1));
        client.ask(former.sessionId, former.password, TIMEOUT_MS);
        ensemble.await("an answer", 500, client::hasNext);
        client.open();
        assertEquals(former.sessionId, client.sessionId, what);

        return client;
    }

    private static int existsError(final TestEnsemble ensemble, final WireClient reader)
    {
        reader.readPath(EXISTS, "/e", false);
        ensemble.await("exists", 500, reader::hasNext);
        return reader.reply().error();
    }

    /**
     * Loses the server again and again, which serves other clients meanwhile, until the session is over. Returns how
     * long that took, in milliseconds.
     */
    private static long awaitEnd(final TestEnsemble ensemble, final TestEnsemble.Server server, final Loss loss)
    {
        final WireClient reader = ensemble.connect(ensemble.leader());
        long elapsedMs = 50;
        while (existsError(ensemble, reader) == 0)
        {
            assertTrue(elapsedMs < BOUND_MS, "the session lives on after " + elapsedMs + " ms");
            loss.lose(ensemble, server);
            ensemble.runMs(50);
            ensemble.await("it is back", 1000, ensemble::areAllServing);
            ensemble.connect(server);
            ensemble.runMs(PERIOD_MS);
            elapsedMs += PERIOD_MS + 150;
        }
        return elapsedMs;
    }

    @Test
    void shouldEndTheSessionOfAnAbsentClientThoughItsServerAttachesAgainAndAgain()
    {
        endTheSessionOfAnAbsentClient(Loss.LINK);
    }

    @Test
    void shouldEndTheSessionOfAnAbsentClientThoughItsServerStartsAgainAndAgain()
    {
        endTheSessionOfAnAbsentClient(Loss.PROCESS);
    }

    private static void endTheSessionOfAnAbsentClient(final Loss loss)
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server server = ensemble.follower();
            connect(ensemble, server).end.disconnect();
            ensemble.runMs(300);

            assertTrue(awaitEnd(ensemble, server, loss) >= TIMEOUT_MS - 300);
        }
    }

    /** A host that lost its power says no goodbye. Its connection stays open, and nothing arrives on it. */
    @Test
    void shouldEndTheSessionOfAMuteConnectionThoughItsServerAttachesAgainAndAgain()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server server = ensemble.follower();
            connect(ensemble, server);

            assertTrue(awaitEnd(ensemble, server, Loss.LINK) >= TIMEOUT_MS);
        }
    }

    /** The client is heard only when the leader is about to lose its server, so that the leader never learns of it. */
    @Test
    void shouldKeepTheSessionOfAClientThatComesBeforeEachDeathOfItsServer()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server server = ensemble.follower();
            final WireClient first = connect(ensemble, server);
            for (int i = 0; i < 8; i++)
            {
                Loss.PROCESS.lose(ensemble, server);
                ensemble.await("it is back", 1000, ensemble::areAllServing);
                ensemble.runMs(PERIOD_MS + 97 * i);
                comeBack(ensemble, server, first, "round " + i);
            }
            assertEquals(0, existsError(ensemble, ensemble.connect(ensemble.leader())));
        }
    }

    /**
     * The same with a process that keeps running. It remembers which clients it heard, although they have gone when it
     * is back.
     */
    @Test
    void shouldKeepTheSessionOfAClientThatComesBeforeEachBreakOfALink()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server server = ensemble.follower();
            final WireClient first = connect(ensemble, server);
            first.end.disconnect();
            for (int i = 0; i < 8; i++)
            {
                ensemble.runMs(PERIOD_MS + 97 * i);
                final WireClient again = comeBack(ensemble, server, first, "round " + i);
                Loss.LINK.lose(ensemble, server);
                again.end.disconnect();
                ensemble.runMs(50);
                ensemble.await("it is back", 1000, ensemble::areAllServing);
            }
            assertEquals(0, existsError(ensemble, ensemble.connect(ensemble.leader())));
        }
    }
}
