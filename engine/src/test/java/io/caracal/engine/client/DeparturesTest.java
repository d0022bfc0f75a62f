/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.CycleLimits;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The watches of a departed client are removed a few at a time. */
class DeparturesTest extends DeskTest
{
    private static final int BIT = CycleLimits.DEFAULT.forgottenWatches();
    private static final int WATCHES = 2 * BIT + BIT / 2;

    private int watchCount()
    {
        return server.desk.watches().watchCount();
    }

    private TestDesk.Client watching(final String path, final int count)
    {
        final TestDesk.Client client = server.client();
        client.send(Frames.waitFor(1, path, count));
        assertEquals(1, client.replies().size());
        return client;
    }

    @Test
    void shouldForgetNoMoreInACycleThanOthersCanWaitFor()
    {
        watching("/w", WATCHES).vanish();
        for (int left = WATCHES - BIT; left > 0; left -= BIT)
        {
            assertEquals(left, watchCount());
            server.cycle();
        }
        assertEquals(0, watchCount());
    }

    @Test
    void shouldShareACycleAmongAllThatAreGone()
    {
        final List<TestDesk.Client> clients = List.of(watching("/w", BIT), watching("/x", 10), watching("/y", 10));
        clients.forEach(client -> server.port.vanish(client.id));
        server.cycle();
        assertEquals(20, watchCount());
        server.cycle();
        assertEquals(0, watchCount());
        assertEquals(0, server.desk.report().connectionCount());
    }

    @Test
    void shouldGiveThePlaceOfWhoIsGoneToTheNext()
    {
        final ConnectionTable connections = new ConnectionTable();
        final Departures departures = new Departures(server.desk.watches(), connections, BIT);
        for (long id = 1; id <= 1000; id++)
        {
            final ClientConnection connection = connections.add(id, new UnsafeBuffer(new byte[4]), 0, 4, 1);
            assertSame(connection, connections.find(id));
            departures.add(connection);
            assertNull(connections.find(id));
        }

        assertEquals(1, connections.slotCount());
        assertEquals(0, connections.size());
    }

    @Test
    void shouldTellNobodyInThePlaceOfWhoIsGone()
    {
        watching("/w", 6 * BIT).vanish();
        assertEquals(0, server.desk.report().connectionCount());
        final TestDesk.Client next = watching("/x", 1);
        assertTrue(watchCount() > BIT, "all is forgotten already");
        server.applyOther(TestDesk.create("/w" + (6 * BIT - 1)));
        assertEquals(List.of(), next.replies());
        server.applyOther(TestDesk.create("/x0"));
        assertEquals(1, next.replies().size());
        assertFalse(next.isClosed());
    }
}
