/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.protocol.OpCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the listing of a session's ephemeral znodes by a prefix of their paths. */
class EphemeralListingsTest extends DeskTest
{
    private static final int REPLY_HEADER = 20;
    private static final int EACH = 4 + 4;

    private TestDesk.Client client;

    @BeforeEach
    void makeEphemerals()
    {
        client = server.client();
        final TestDesk.Client other = server.client();
        server.applyOther(TestDesk.create("/b"));
        for (final String path : List.of("/a/x", "/b/x", "/a/y", "/axy"))
        {
            server.applyOther(TestDesk.create(path, client.sessionId));
        }
        server.applyOther(TestDesk.create("/a/z", other.sessionId));
    }

    private List<String> ephemerals(final String prefix)
    {
        client.send(Frames.pathOnly(1, OpCode.GET_EPHEMERALS, prefix));
        final ByteBuffer reply = ByteBuffer.wrap(client.frames().get(0)).position(REPLY_HEADER);
        final List<String> paths = new ArrayList<>();
        for (int i = reply.getInt(); i > 0; i--)
        {
            final byte[] path = new byte[reply.getInt()];
            reply.get(path);
            paths.add(new String(path, StandardCharsets.UTF_8));
        }
        assertEquals(0, reply.remaining());

        return paths;
    }

    @Test
    void shouldListWhatBeginsWithThePrefix()
    {
        assertEquals(List.of("/a/x", "/b/x", "/a/y", "/axy"), ephemerals("/"));
        assertEquals(List.of("/a/x", "/a/y", "/axy"), ephemerals("/a"));
        assertEquals(List.of("/a/x", "/a/y"), ephemerals("/a/"));
        assertEquals(List.of("/b/x"), ephemerals("/b/x"));
        assertEquals(List.of(), ephemerals("/b/x/"));
        assertEquals(List.of(), ephemerals("/c/x"));
        assertEquals(List.of(), ephemerals("//"));
    }

    @Test
    void shouldStopWhereAListingIsTooLong()
    {
        final ZnodeLists lists = new ZnodeLists(server.replica.tree(), new TurnShare(CycleLimits.DEFAULT));
        final UnsafeBuffer all = new UnsafeBuffer(new byte[0]);

        lists.selectEphemerals(client.sessionId, all, 0, 0, 4 * EACH);
        assertEquals(4, lists.selectedCount());
        assertEquals(16, lists.selectedBytes());
        lists.selectEphemerals(client.sessionId, all, 0, 0, 2 * EACH - 1);
        assertEquals(2, lists.selectedCount(), "the second is one too many");
    }

    @Test
    void shouldEndWhoAsksForMoreThanCanBeSent()
    {
        server.port.claimLengthMax = REPLY_HEADER + 4 + 3 * EACH;
        assertEquals(3, ephemerals("/a").size());
        assertFalse(client.isClosed());

        client.send(Frames.pathOnly(2, OpCode.GET_EPHEMERALS, "/"));
        assertTrue(client.isClosed());
    }

    /** All of them must be examined for a prefix that none of them has. */
    @Test
    void shouldTakeOneListingOfVeryManyInATurn()
    {
        for (int i = 0; i < CycleLimits.DEFAULT.listedZnodes(); i++)
        {
            server.applyOther(TestDesk.create("/b/" + i, client.sessionId));
        }
        server.desk.time(0, 0);
        for (int xid = 1; xid <= 3; xid++)
        {
            server.port.send(client.id, Frames.pathOnly(xid, OpCode.GET_EPHEMERALS, "/none"));
        }

        for (int turn = 1; turn <= 3; turn++)
        {
            server.desk.time(0, 0);
            server.desk.poll();
            server.desk.resumeRefused(true);
            assertEquals(1, client.frames().size(), "turn " + turn);
        }
    }
}
