/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.engine.prepare.OutstandingChanges;
import io.caracal.simulator.node.WireClient.Reply;
import org.junit.jupiter.api.Test;

/** Requests that demand far more than their own length. */
class StandaloneGreedTest extends StandaloneFixture
{
    private static final int BAD_ARGUMENTS = -8;

    /** A few kilobytes can request the same megabyte a few thousand times. */
    @Test
    void shouldDisconnectWhoAsksForMoreThanAFrameMayHold()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient greedy = node.connect();
            final WireClient other = node.connect();
            greedy.create("/a", "x".repeat(1_000_000), 0);
            node.settle();
            assertEquals(OK, greedy.reply().error());

            greedy.readOften("/a", 2200);
            greedy.readPath(3, "/a", false);
            node.settle();
            assertFalse(greedy.hasNext(), "something was answered");
            assertTrue(greedy.end.isEnded(), "the connection is left open");
            other.readPath(3, "/a", false);
            node.settle();
            assertEquals(OK, other.reply().error());
        }
    }

    /** What a request names in a word is written out in its transaction, here for each of forty thousand znodes. */
    @Test
    void shouldRefuseAMultiOfMoreThanTheProcessHasMemoryFor()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.authenticate("digest", "u".repeat(60_000) + ":secret");
            client.createOwned("/n", 40_000);
            client.readPath(8, "/", false);
            node.settle();

            assertEquals(OK, client.reply().error());
            assertEquals(BAD_ARGUMENTS, client.reply().error());
            final Reply children = client.reply();
            WireClient.read(() -> assertEquals(1, children.body().readInt(), "znodes of a multi that was refused"));
        }
    }

    /**
     * Each znode of a transaction under way takes room on the heap, and the ring of transactions has room for so many
     * short ones that the heap would be full.
     */
    @Test
    void shouldPrepareNoMoreThanTheHeapHasRoomFor()
    {
        final int parts = 40_000;
        final int multis = OutstandingChanges.RECORDS_MAX / parts + 3;
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            for (int i = 0; i < multis; i++)
            {
                client.multi(1, i * parts, parts);
                node.settle();
                assertEquals(OK, client.reply().error());
            }

            final long proposals = node.events.counts.get(Count.PROPOSALS);
            disk.isForcing = false;
            for (int i = 0; i < multis; i++)
            {
                client.multi(2, i * parts, parts);
            }
            node.run(2 * multis);
            final long taken = node.events.counts.get(Count.PROPOSALS) - proposals;
            assertEquals(OutstandingChanges.RECORDS_MAX / parts + 1, taken);

            disk.isForcing = true;
            node.settle();
            for (int i = 0; i < multis; i++)
            {
                assertEquals(OK, client.reply().error());
            }
        }
    }

    /** The log could hold the transaction, but it would be more than a thousand times as long as its request. */
    @Test
    void shouldRefuseAMultiThatIsOutOfAllProportionToItsRequest()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.authenticate("digest", "u".repeat(60_000) + ":secret");
            client.createOwned("/small", 60);
            client.createOwned("/large", 100);
            node.settle();

            assertEquals(OK, client.reply().error());
            assertEquals(OK, client.reply().error());
            assertEquals(BAD_ARGUMENTS, client.reply().error());
        }
        final int longest = disk.log.values().stream().mapToInt(record -> record.length).max().orElseThrow();
        assertTrue(longest > 3_000_000 && longest <= 4 << 20, "longest record has " + longest + " bytes");
    }
}
