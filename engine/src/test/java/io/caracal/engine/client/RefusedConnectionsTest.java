/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RefusedConnectionsTest
{
    private static final int MANY = 300;
    private static final int RESUMED_MAX = 256;

    private final ScriptedClients port = new ScriptedClients();
    private final RefusedConnections refused = new RefusedConnections(port, RESUMED_MAX);
    private final List<ClientConnection> all = Stream.generate(this::connected).limit(MANY).toList();

    private ClientConnection connected()
    {
        final UnsafeBuffer address = new UnsafeBuffer(new byte[]{ 127, 0, 0, 1 });
        final long id = port.connect();

        return new ClientConnection(id, (int)id, address, 0, address.capacity(), 1);
    }

    /** As a port does it: in the order in which they were resumed the last time. */
    private void refuseInTheOrderOf(final List<Long> ids, final boolean lacksRoom)
    {
        ids.forEach(id -> refused.add(all.get((int)(id - 1)), lacksRoom));
    }

    @Test
    void shouldOfferToAnotherOneFirstEachTime()
    {
        refuseInTheOrderOf(List.of(1L, 2L, 3L), false);
        assertEquals(3, refused.resume(true, 0));
        assertEquals(List.of(2L, 3L, 1L), port.resumed);

        refuseInTheOrderOf(List.copyOf(port.resumed), false);
        port.resumed.clear();
        assertEquals(3, refused.resume(true, 0));
        assertEquals(List.of(3L, 1L, 2L), port.resumed);
    }

    @Test
    void shouldOfferOnceToEach()
    {
        refuseInTheOrderOf(List.of(2L, 2L), false);
        assertEquals(1, refused.resume(true, 0));
        assertEquals(0, refused.resume(true, 0));
        assertEquals(List.of(2L), port.resumed);
    }

    @Test
    void shouldOfferToManyInSeveralStepsAndToNoneTwiceBeforeAll()
    {
        refuseInTheOrderOf(ids(1, MANY), false);
        assertEquals(RESUMED_MAX, refused.resume(true, 0));
        refuseInTheOrderOf(List.copyOf(port.resumed), false);
        assertEquals(MANY - RESUMED_MAX, refused.resume(false, 0));
        assertEquals(ids(1, MANY), port.resumed);
        assertEquals(0, refused.resume(false, 0), "nothing has moved since each of them was told");
    }

    @Test
    void shouldOfferOnceWhenClientsMovedSomething()
    {
        refuseInTheOrderOf(List.of(1L), false);
        assertEquals(0, refused.resume(false, 0));
        refused.onMoved();
        assertEquals(1, refused.resume(false, 0));
        refuseInTheOrderOf(List.of(1L), false);
        assertEquals(0, refused.resume(false, 0), "nothing has moved since it was told");
    }

    @Test
    void shouldTellWhetherAnyWaitAndWhetherSomeWereNotTold()
    {
        assertFalse(refused.isAnyWaiting());
        refuseInTheOrderOf(List.of(1L), true);
        assertTrue(refused.isAnyWaiting());
        refused.resume(false, 1);
        assertFalse(refused.isAnyWaiting());

        refuseInTheOrderOf(ids(1, MANY), false);
        assertFalse(refused.owes());
        refused.resume(true, 0);
        assertTrue(refused.owes());
        refused.resume(false, 0);
        assertFalse(refused.owes());
    }

    @Test
    void shouldOfferToThoseThatWantRoomOnlyAsMuchAsThereIs()
    {
        refuseInTheOrderOf(ids(1, MANY), true);
        assertEquals(0, refused.resume(true, 0));
        assertEquals(0, refused.resume(true, -7));
        assertEquals(2, refused.resume(false, 2));
        assertEquals(List.of(1L, 2L), port.resumed);

        refuseInTheOrderOf(List.of(1L), true);
        assertEquals(MANY - 1, refused.resume(false, Integer.MAX_VALUE));
        assertEquals(1L, port.resumed.get(port.resumed.size() - 1), "who was refused again comes last");
    }

    @Test
    void shouldNotLetThoseThatWantRoomBeInTheWayOfOthers()
    {
        refuseInTheOrderOf(ids(1, MANY - 1), true);
        refuseInTheOrderOf(List.of((long)MANY), false);
        assertEquals(1, refused.resume(true, 0));
        assertEquals(List.of((long)MANY), port.resumed);
    }

    private static List<Long> ids(final long first, final long last)
    {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
