/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.tree.ReadableTree;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Children are not examined for a reply that is too long to be sent. */
class LongListingsTest extends DeskTest
{
    private static final int CHILDREN = 1000;
    private static final int NAME_LENGTH = 10;
    private static final int NAMES = CHILDREN * NAME_LENGTH;
    private static final int LISTING = 4 + CHILDREN * (4 + NAME_LENGTH);
    private static final int PART_HEADER = 9;
    private static final int REPLY_HEADER = 20;

    private TestDesk.Client client;

    @BeforeEach
    void makeChildren()
    {
        for (int i = 0; i < CHILDREN; i++)
        {
            server.applyOther(TestDesk.create("/a/child" + (10_000 + i)));
        }
        client = server.client();
        server.port.claimCount = 0;
    }

    @Test
    void shouldStopAddingUpNamesWhereAListingIsTooLong()
    {
        final ReadableTree tree = server.replica.tree();
        final ZnodeLists lists = new ZnodeLists(tree, new TurnShare(CycleLimits.DEFAULT));
        final UnsafeBuffer path = new UnsafeBuffer("/a".getBytes(StandardCharsets.UTF_8));
        final long node = tree.find(path, 0, path.capacity());

        assertEquals(NAMES, lists.childNameBytes(node, LISTING));
        // With the 201st name, the listing is too long.
        assertEquals(201 * NAME_LENGTH, lists.childNameBytes(node, 4 * CHILDREN + 200 * NAME_LENGTH));
        // Too long whatever the names are, so no name is examined.
        assertEquals(CHILDREN, lists.childNameBytes(node, 4 * CHILDREN + CHILDREN - 1));
    }

    /** When the children of a wide znode change, all clients that watch them ask for them at the same time. */
    @Test
    void shouldListNoMoreInATurnThanItsShare()
    {
        final long listingsInATurn = (CycleLimits.DEFAULT.listedZnodes() + CHILDREN - 1) / CHILDREN;
        final TestDesk.Client other = server.client();
        for (int xid = 1; xid <= listingsInATurn; xid++)
        {
            server.port.send(client.id, Frames.children(xid, "/a"));
        }
        server.port.send(other.id, Frames.read(1, "/a", false));
        server.port.send(other.id, Frames.children(2, "/a"));

        server.desk.time(0, 0);
        server.desk.poll();
        assertEquals(listingsInATurn, client.frames().size());
        assertEquals(1, other.frames().size(), "a short read goes on, a listing waits");
        server.desk.resumeRefused(true);
        server.desk.time(0, 0);
        server.desk.poll();
        assertEquals(1, other.frames().size());
    }

    @Test
    void shouldAnswerListingsThatFitTogetherAndEndWhoAsksForMore()
    {
        server.port.claimLengthMax = REPLY_HEADER + 3 * (PART_HEADER + LISTING) + PART_HEADER;
        client.send(Frames.listings(1, "/a", 3));
        assertEquals(server.port.claimLengthMax, client.frames().get(0).length);
        assertFalse(client.isClosed());

        server.port.claimCount = 0;
        client.send(Frames.listings(2, "/a", 4));
        assertTrue(client.isClosed());
        assertEquals(0, server.port.claimCount, "replies begun");
    }

    @Test
    void shouldEndWhoAsksForOneListingThatIsTooLong()
    {
        server.port.claimLengthMax = REPLY_HEADER + LISTING;
        client.send(Frames.children(1, "/a"));
        assertEquals(server.port.claimLengthMax, client.frames().get(0).length);

        server.port.claimLengthMax--;
        server.port.claimCount = 0;
        client.send(Frames.children(2, "/a"));
        assertTrue(client.isClosed());
        assertEquals(0, server.port.claimCount, "replies begun");
    }
}
