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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    /** Refuses as a port does: in the order in which the connections were last resumed. */
    private void refuseInTheOrderOf(final List<Long> ids, final Awaited awaited)
    {
        ids.forEach(id -> refused.add(all.get((int)(id - 1)), awaited));
    }

    private int resumeAsSomethingMoved()
    {
        refused.onMoved();

        return refused.resume(false, 0);
    }

    @Test
    void shouldOfferToAnotherOneFirstEachTime()
    {
        refuseInTheOrderOf(List.of(1L, 2L, 3L), Awaited.ANSWER);
        assertEquals(3, resumeAsSomethingMoved());
        assertEquals(List.of(2L, 3L, 1L), port.resumed);

        refuseInTheOrderOf(List.copyOf(port.resumed), Awaited.ANSWER);
        port.resumed.clear();
        assertEquals(3, resumeAsSomethingMoved());
        assertEquals(List.of(3L, 1L, 2L), port.resumed);
    }

    @Test
    void shouldOfferOnceToEach()
    {
        refuseInTheOrderOf(List.of(2L, 2L), Awaited.ANSWER);
        assertEquals(1, resumeAsSomethingMoved());
        assertEquals(0, resumeAsSomethingMoved());
        assertEquals(List.of(2L), port.resumed);
    }

    @Test
    void shouldOfferToManyInSeveralStepsAndToNoneTwiceBeforeAll()
    {
        refuseInTheOrderOf(ids(1, MANY), Awaited.ANSWER);
        assertEquals(RESUMED_MAX, resumeAsSomethingMoved());
        refuseInTheOrderOf(List.copyOf(port.resumed), Awaited.ANSWER);
        assertEquals(MANY - RESUMED_MAX, refused.resume(false, 0));
        assertEquals(ids(1, MANY), port.resumed);
        assertEquals(0, refused.resume(true, 0), "nothing has moved since each of them was told");
    }

    private void leave(final List<Long> ids)
    {
        ids.forEach(id ->
        {
            all.get((int)(id - 1)).state = ConnectionState.CLOSING;
            refused.onGone(all.get((int)(id - 1)));
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldForgetThoseThatGoWhileNothingMoves(final Awaited awaited)
    {
        refuseInTheOrderOf(ids(1, MANY), awaited);
        leave(ids(10, MANY - 10));
        assertTrue(refused.waitingCount() < 100, refused.waitingCount() + " wait");
        refused.onMoved();
        while (refused.resume(true, MANY) > 0)
        {
            assertTrue(port.resumed.size() <= MANY);
        }
        final List<Long> left = Stream.concat(ids(1, 9).stream(), ids(MANY - 9, MANY).stream()).toList();
        assertEquals(left, port.resumed.stream().filter(left::contains).sorted().toList(),
            "all who are there are told");
    }

    /**
     * Some were resumed already after the last change. The others are resumed even though connections leave meanwhile.
     */
    @Test
    void shouldTellThoseThatAreOwedWhoeverGoesMeanwhile()
    {
        refuseInTheOrderOf(ids(1, MANY), Awaited.ANSWER);
        assertEquals(RESUMED_MAX, resumeAsSomethingMoved());
        port.resumed.clear();
        refuseInTheOrderOf(ids(1, RESUMED_MAX), Awaited.ANSWER);
        leave(ids(RESUMED_MAX + 1, RESUMED_MAX + 20));
        leave(ids(20, RESUMED_MAX));

        final int told = refused.resume(false, 0);
        assertEquals(0, refused.resume(false, 0), "nothing has moved since");
        assertEquals(told, port.resumed.size());
        assertEquals(ids(RESUMED_MAX + 21, MANY), port.resumed.stream().filter(id -> all.get((int)(id -
            1)).state != ConnectionState.CLOSING).toList());
    }

    @Test
    void shouldLetOneAloneTryWhetherTheRoleTakesItsFrame()
    {
        refuseInTheOrderOf(List.of(1L, 2L, 3L), Awaited.ROLE);
        refuseInTheOrderOf(List.of(4L), Awaited.ANSWER);
        assertTrue(refused.awaitRole());
        assertEquals(0, refused.resume(false, 0));
        assertEquals(1, refused.resume(true, 0));
        refuseInTheOrderOf(List.of(1L), Awaited.ROLE);
        assertEquals(0, refused.resume(false, 0));
        assertEquals(1, refused.resume(true, 0));
        assertEquals(List.of(1L, 2L), port.resumed, "another one tries the next time");
    }

    @Test
    void shouldLetNobodyTryWhoIsGone()
    {
        refuseInTheOrderOf(List.of(1L, 2L, 3L, 4L), Awaited.ROLE);
        all.get(0).state = ConnectionState.CLOSING;
        all.get(1).state = ConnectionState.CLOSING;
        assertEquals(1, refused.resume(true, 0));
        assertEquals(List.of(3L), port.resumed);
    }

    /**
     * This happens when first the log and then the disk is full: each request is answered with an error, and the role
     * takes nothing.
     */
    @Test
    void shouldOfferToAllThatWaitForTheRoleWhenTheOneThatTriedDoesNotComeBack()
    {
        refuseInTheOrderOf(List.of(1L, 2L, 3L), Awaited.ROLE);
        assertEquals(1, refused.resume(true, 0));
        assertEquals(2, refused.resume(false, 0));
        assertEquals(List.of(1L, 3L, 2L), port.resumed);
    }

    @Test
    void shouldOfferToAllThatWaitForTheRoleWhenItHasTakenSomething()
    {
        refuseInTheOrderOf(List.of(4L), Awaited.ANSWER);
        refused.onTaken();
        assertEquals(0, refused.resume(false, 0), "nobody waits for the role");
        refuseInTheOrderOf(List.of(1L, 2L), Awaited.ROLE);
        refused.onTaken();
        assertEquals(3, refused.resume(false, 0));
        assertFalse(refused.awaitRole());
        assertEquals(0, refused.resume(true, 0));
    }

    @Test
    void shouldOfferToThoseThatWantRoomOnlyAsMuchAsThereIs()
    {
        refuseInTheOrderOf(ids(1, MANY), Awaited.ROOM);
        assertEquals(0, resumeAsSomethingMoved());
        assertEquals(0, refused.resume(true, -7));
        assertEquals(2, refused.resume(false, 2));
        assertEquals(List.of(1L, 2L), port.resumed);

        refuseInTheOrderOf(List.of(1L), Awaited.ROOM);
        assertEquals(MANY - 1, refused.resume(false, Integer.MAX_VALUE));
        assertEquals(1L, port.resumed.get(port.resumed.size() - 1), "who was refused again comes last");
    }

    @Test
    void shouldNotLetThoseThatWantRoomBeInTheWayOfOthers()
    {
        refuseInTheOrderOf(ids(1, MANY - 1), Awaited.ROOM);
        refuseInTheOrderOf(List.of((long)MANY), Awaited.ANSWER);
        assertEquals(1, resumeAsSomethingMoved());
        assertEquals(List.of((long)MANY), port.resumed);
    }

    private static List<Long> ids(final long first, final long last)
    {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
