/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.caracal.engine.port.Count;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers whose every duty cycle takes so long that it counts as a stall. They must still judge others. */
class SlowCyclesTest
{
    private static final int EXISTS = 3;
    private static final int CYCLE_MS = 150;
    private static final int TIMEOUT_MS = 4000;
    private static final int TICK_MS = 2000;

    private static TestEnsemble start(final long seed)
    {
        final TestEnsemble ensemble = new TestEnsemble(seed, 3, 0);
        for (final TestEnsemble.Server server : ensemble.servers)
        {
            server.isSlow(CYCLE_MS);
        }
        ensemble.startAll().await("all serve", 10_000, ensemble::areAllServing);

        return ensemble;
    }

    private static WireClient connect(final TestEnsemble ensemble, final TestEnsemble.Server server)
    {
        final WireClient client = new WireClient(server.clients, () -> ensemble.runMs(2000));
        client.handshake(0, new byte[16], TIMEOUT_MS);

        return client;
    }

    private static void create(final TestEnsemble ensemble, final WireClient client, final String path)
    {
        client.create(path, "", 1);
        assertEquals(0, ensemble.answer(client, path).error());
    }

    /** One of two clients is gone. Its session ends, and that of the other does not. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldEndTheSessionOfASilentClient(final long seed)
    {
        try (TestEnsemble ensemble = start(seed))
        {
            final WireClient gone = connect(ensemble, ensemble.leader());
            create(ensemble, gone, "/gone");
            final WireClient there = connect(ensemble, ensemble.leader());
            create(ensemble, there, "/there");
            gone.end.disconnect();
            final TestEnsemble.Server leader = ensemble.leader();
            for (int ms = 0; ms < 2 * (TIMEOUT_MS + TICK_MS); ms += 1000)
            {
                ensemble.runMs(1000);
                there.ping();
                assertEquals(0, ensemble.answer(there, "a ping").error());
            }

            assertEquals(1, leader.events.counts.get(Count.SESSIONS_EXPIRED));
            there.readPath(EXISTS, "/gone", false);
            assertEquals(-101, ensemble.answer(there, "the ephemeral of the client that is gone").error());
        }
    }

    /** The leader is cut off, which nobody is told. The others find out and elect another. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldReplaceASilentLeader(final long seed)
    {
        try (TestEnsemble ensemble = start(seed))
        {
            final TestEnsemble.Server leader = ensemble.leader();
            assertNull(leader.events.counts.get(Count.SESSIONS_EXPIRED));
            ensemble.isolate(leader, true);
            ensemble.await("others have another leader", 10_000, () ->
            {
                for (final TestEnsemble.Server server : ensemble.servers)
                {
                    if (server != leader && server.agent.isServing() && "leading".equals(server.agent.roleName()))
                    {
                        return true;
                    }
                }
                return false;
            });
        }
    }
}
