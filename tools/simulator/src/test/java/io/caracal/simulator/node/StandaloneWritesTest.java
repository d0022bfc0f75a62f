/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.client.ClientLimits;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.TxnStage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From the log to the reply: what is durable, applied and answered, in which order and in how many duty cycles. */
class StandaloneWritesTest extends StandaloneFixture
{
    private static final int LARGE = 700_000;
    private static final int READS = 10;
    private static final int LIMIT = 10;
    private static final int EACH = 5;
    private static final int REST_MS = 10;
    private static final int OFFER_MS = 5;

    /** The replies are more than one duty cycle sends, so the second write is applied in a later one. */
    @Test
    void shouldShowReadsBetweenTwoWritesTheFirstOne()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            writeAndReadOften(client);
            client.setData("/a", "y", -1);
            client.readPath(4, "/a", false);
            force(node);
            node.settle();

            assertEquals(OK, client.reply().error());
            assertEquals(OK, client.reply().error());
            for (int i = 0; i < READS; i++)
            {
                assertEquals(LARGE, WireClient.string(client.reply().body()).length());
            }
            assertEquals(OK, client.reply().error());
            assertEquals("y", WireClient.string(client.reply().body()));
        }
    }

    private static void writeAndReadOften(final WireClient client)
    {
        client.create("/a", "", 0);
        client.setData("/a", "x".repeat(LARGE), -1);
        for (int i = 0; i < READS; i++)
        {
            client.readPath(4, "/a", false);
        }
    }

    /**
     * Makes the node take everything that clients have sent before any of it is durable, so that reads wait behind
     * writes.
     */
    private void force(final TestNode node)
    {
        disk.isForcing = false;
        node.run(10);
        disk.isForcing = true;
    }

    @Test
    void shouldApplyWritesThoughAClientNeverStopsReading()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient reader = node.connect();
            final WireClient writer = node.connect();
            writeAndReadOften(reader);
            writer.create("/b", "", 0);
            force(node);
            for (int cycle = 0; cycle < 4 * READS && !writer.hasNext(); cycle++)
            {
                reader.readPath(4, "/a", false);
                reader.readPath(4, "/a", false);
                node.run(1);
                while (reader.hasNext())
                {
                    reader.reply();
                }
            }
            assertTrue(writer.hasNext());
        }
    }

    @Test
    void shouldApplyAboutAMegabyteInADutyCycle()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.create("/a", "", 0);
            node.settle();
            disk.isForcing = false;
            for (int i = 0; i < 4; i++)
            {
                client.setData("/a", "x".repeat(LARGE), -1);
            }
            node.run(10);
            final long before = node.events.counts.get(Count.COMMITS);
            disk.isForcing = true;
            for (int cycle = 1; cycle <= 2; cycle++)
            {
                node.run(1);
                assertEquals(before + 2L * cycle, node.events.counts.get(Count.COMMITS));
            }
        }
    }

    @Test
    void shouldAnswerInOrderWhileNothingIsDurable()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            disk.isForcing = false;
            client.create("/a", "1", 0);
            client.readPath(4, "/a", false);
            client.setData("/a", "2", -1);
            client.readPath(4, "/a", false);
            client.delete("/a", 1);
            client.create("/a", "3", 0);
            node.settle();
            assertFalse(client.hasNext(), "acknowledged what is not durable");

            disk.isForcing = true;
            node.settle();
            assertEquals(1, client.reply().xid());
            assertEquals("1", WireClient.string(client.reply().body()));
            assertEquals(3, client.reply().xid());
            assertEquals("2", WireClient.string(client.reply().body()));
            assertEquals(OK, client.reply().error());
            assertEquals(OK, client.reply().error());
        }
    }

    /** To offer the requests again and again would cost a core, which the disk's own work may need. */
    @Test
    void shouldRestWhileRequestsBeyondTheLimitWaitForTheDisk()
    {
        try (TestNode node = new TestNode(disk, new ClientLimits(4000, 40000, LIMIT, 4096, -1, 0, 1 << 20, 4 << 20)))
        {
            final List<WireClient> clients = connected(node);
            clients.get(0).create("/a", "", 0);
            node.settle();
            clients.get(0).reply();
            disk.isForcing = false;
            for (int i = 0; i < EACH; i++)
            {
                clients.forEach(client -> client.setData("/a", "x", -1));
            }
            node.settle();
            final long underWay = node.agent.undurableTxns();
            assertTrue(underWay >= LIMIT && underWay <= 2 * LIMIT, "under way: " + underWay);
            assertTrue(node.restMs() > REST_MS, "none of them is taken before the disk is done");

            disk.isForcing = true;
            node.settle();
            clients.forEach(StandaloneWritesTest::answered);
        }
    }

    private static void answered(final WireClient client)
    {
        for (int i = 0; i < EACH; i++)
        {
            assertEquals(OK, client.reply().error());
        }
        assertFalse(client.hasNext());
    }

    private static List<WireClient> connected(final TestNode node)
    {
        return Stream.generate(node::connect).limit(LIMIT).toList();
    }

    /**
     * Makes writes wait for room in the log. The last attempt of one of them was a moment ago, and the thread has not
     * rested.
     */
    private void waitForTheLog(final TestNode node, final List<WireClient> clients)
    {
        disk.isTaking = false;
        clients.forEach(client -> client.setData("/", "x", -1));
        node.settle();
        assertTrue(node.restMs() <= OFFER_MS, "nobody tells when there is room");
    }

    /** The thread that writes the log may have woken this one. One write is tried, and the others follow at once. */
    @Test
    void shouldOfferWhatTheLogDidNotTakeAsSoonAsTheThreadHasRested()
    {
        try (TestNode node = new TestNode(disk))
        {
            waitForTheLog(node, connected(node));
            node.run(1);
            disk.isForcing = false;
            disk.isTaking = true;
            node.run(1);
            assertEquals(1, node.agent.undurableTxns());
            node.run(1);
            assertEquals(LIMIT, node.agent.undurableTxns());
        }
    }

    @Test
    void shouldOfferWhatTheLogDidNotTakeAsSoonAsAnythingHasMoved()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient silent = node.connect();
            silent.end.disconnect();
            node.runMs(silent.timeoutMs / 2);
            final List<WireClient> clients = connected(node);
            disk.isForcing = false;
            node.runMs(silent.timeoutMs - REST_MS);
            assertEquals(1, node.agent.undurableTxns(), "the end of its session, of which no client is told");
            waitForTheLog(node, clients);
            disk.isForcing = true;
            disk.isTaking = true;
            node.run(1);
            assertEquals(1, node.agent.undurableTxns());
        }
    }

    @Test
    void shouldTellHowMuchItsJournalHasNotMadeDurable()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            assertEquals(0, node.agent.undurableTxns());
            disk.isForcing = false;
            client.create("/a", "1", 0);
            client.create("/b", "1", 0);
            node.settle();
            assertEquals(2, node.agent.undurableTxns());

            disk.isForcing = true;
            node.settle();
            assertEquals(0, node.agent.undurableTxns());
            assertEquals(OK, client.reply().error());
            assertEquals(OK, client.reply().error());
        }
    }

    @Test
    void shouldMarkTheRoadOfAWriteFromItsArrival()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            final long proposals = node.events.counts.get(Count.PROPOSALS);
            final long before = node.events.lastZxid;
            disk.isForcing = false;
            client.create("/a", "1", 0);
            node.run(1);
            final long arrivalNs = node.events.lastArrivalNs;
            assertEquals(before + 1, node.events.lastZxid);
            assertEquals(List.of(), node.events.lastRoad);
            assertEquals(proposals, node.events.counts.get(Count.COMMITS));

            disk.isForcing = true;
            node.settle();
            assertEquals(List.of(TxnStage.DURABLE, TxnStage.COMMITTED, TxnStage.APPLIED), node.events.lastRoad);
            assertEquals(proposals + 1, node.events.counts.get(Count.PROPOSALS));
            assertEquals(proposals + 1, node.events.counts.get(Count.COMMITS));
            assertTrue(arrivalNs > 0, "a request has an arrival");
        }
    }
}
