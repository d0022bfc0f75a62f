/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RefusedConnectionsTest
{
    private final ScriptedClients port = new ScriptedClients();
    private final RefusedConnections refused = new RefusedConnections(port);
    private final List<ClientConnection> all = List.of(connected(), connected(), connected());

    private ClientConnection connected()
    {
        final UnsafeBuffer address = new UnsafeBuffer(new byte[]{ 127, 0, 0, 1 });
        final long id = port.connect();

        return new ClientConnection(id, (int)id, address, 0, address.capacity(), 1);
    }

    /** As a port does it: in the order in which they were resumed the last time. */
    private void refuseInTheOrderOf(final List<Long> ids)
    {
        ids.forEach(id -> refused.add(all.get((int)(id - 1))));
    }

    @Test
    void shouldOfferToAnotherOneFirstEachTime()
    {
        refuseInTheOrderOf(List.of(1L, 2L, 3L));
        assertEquals(3, refused.resume());
        assertEquals(List.of(2L, 3L, 1L), port.resumed);

        refuseInTheOrderOf(List.copyOf(port.resumed));
        port.resumed.clear();
        assertEquals(3, refused.resume());
        assertEquals(List.of(3L, 1L, 2L), port.resumed);
    }

    @Test
    void shouldOfferOnceToEach()
    {
        refuseInTheOrderOf(List.of(2L, 2L));
        assertEquals(1, refused.resume());
        assertEquals(0, refused.resume());
        assertEquals(List.of(2L), port.resumed);
    }
}
