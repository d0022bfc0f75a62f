/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.engine.port.TxnStage;
import io.caracal.simulator.node.WireClient.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandaloneNodeTest
{
    private static final int OK = 0;
    private static final int LARGE = 700_000;
    private static final int READS = 10;
    private static final int SESSIONS = 1100;
    private static final int NO_NODE = -101;
    private static final int NODE_EXISTS = -110;
    private static final int SYSTEM_ERROR = -1;
    private static final int BAD_ARGUMENTS = -8;

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void shouldGiveSessionAndNegotiateTimeout()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();

            assertNotEquals(0, client.sessionId);
            assertEquals(10_000, client.timeoutMs);
            assertEquals(16, client.password.length);
        }
    }

    /** Their replies are more than is said in one duty cycle, so the second write is applied in a later one. */
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

    /** Has all that clients sent taken by the node before any of it is durable, so that reads wait behind writes. */
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
    void shouldEndSessionsThatTimeOutTogetherInSeveralDutyCycles()
    {
        try (TestNode node = new TestNode(disk))
        {
            for (int i = 0; i < SESSIONS; i++)
            {
                new WireClient(node).ask(0, new byte[16], 10_000);
            }
            node.settle();

            long most = 0;
            for (int cycle = 0; cycle < 20_000 && expired(node) < SESSIONS; cycle++)
            {
                final long before = expired(node);
                node.run(1);
                most = Math.max(most, expired(node) - before);
            }
            assertEquals(SESSIONS, expired(node));
            assertEquals(1024, most);
        }
    }

    private static long expired(final TestNode node)
    {
        return node.events.counts.getOrDefault(Count.SESSIONS_EXPIRED, 0L);
    }

    @Test
    void shouldCreateAndReadBack()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.create("/a", "hi", 0);
            client.readPath(4, "/a", false);
            node.settle();

            final Reply created = client.reply();
            assertEquals(OK, created.error());
            assertEquals("/a", WireClient.string(created.body()));
            final Reply read = client.reply();
            assertEquals(OK, read.error());
            assertEquals("hi", WireClient.string(read.body()));
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

    @Test
    void shouldTellTransactionsThatNobodyAskedFor()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            node.settle();
            assertNotEquals(EventSink.NO_ARRIVAL, node.events.lastArrivalNs);

            node.runMs(2L * client.timeoutMs);
            assertEquals(1, node.events.counts.get(Count.SESSIONS_EXPIRED));
            assertEquals(EventSink.NO_ARRIVAL, node.events.lastArrivalNs);
        }
    }

    @Test
    void shouldRefuseWhatIsThereAndWhatIsMissing()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.create("/a", "1", 0);
            client.create("/a", "1", 0);
            client.create("/none/a", "1", 0);
            client.readPath(3, "/none", false);
            node.settle();

            assertEquals(OK, client.reply().error());
            assertEquals(NODE_EXISTS, client.reply().error());
            assertEquals(NO_NODE, client.reply().error());
            assertEquals(NO_NODE, client.reply().error());
        }
    }

    @Test
    void shouldNumberSequenceNodes()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.create("/q", "", 0);
            client.create("/q/n-", "", 2);
            client.create("/q/n-", "", 2);
            node.settle();

            client.reply();
            assertEquals("/q/n-0000000000", WireClient.string(client.reply().body()));
            assertEquals("/q/n-0000000001", WireClient.string(client.reply().body()));
        }
    }

    @Test
    void shouldSendEventBeforeReply()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.create("/a", "1", 0);
            client.readPath(4, "/a", true);
            client.setData("/a", "2", -1);
            node.settle();

            client.reply();
            client.reply();
            final Reply event = client.reply();
            assertEquals(-1, event.xid());
            final Reply reply = client.reply();
            assertEquals(3, reply.xid());
            assertEquals(reply.zxid(), event.zxid());
        }
    }

    @Test
    void shouldRemoveEphemeralsWhenSessionCloses()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient owner = node.connect();
            final WireClient other = node.connect();
            owner.create("/e", "1", 1);
            node.settle();
            other.readPath(3, "/e", true);
            node.settle();
            assertEquals(OK, other.reply().error());

            owner.request(-11, out ->
            {
                // No body.
            });
            node.settle();
            assertEquals(OK, owner.reply().error());
            assertEquals(OK, owner.reply().error());
            assertTrue(owner.end.isEnded());
            assertEquals(-1, other.reply().xid());
            other.readPath(3, "/e", false);
            node.settle();
            assertEquals(NO_NODE, other.reply().error());
        }
    }

    @Test
    void shouldExpireSilentSession()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient owner = node.connect();
            owner.create("/e", "1", 1);
            node.settle();
            owner.reply();

            node.runMs(13_000);
            assertTrue(owner.end.isEnded());
            final WireClient again = new WireClient(node);
            again.handshake(owner.sessionId, owner.password, 10_000);
            assertEquals(0, again.sessionId);
            final WireClient other = node.connect();
            other.readPath(3, "/e", false);
            node.settle();
            assertEquals(NO_NODE, other.reply().error());
        }
    }

    @Test
    void shouldExpireASessionOfWhichNothingComesButTokens()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            for (int token = 0; token < 13 && !client.end.isEnded(); token++)
            {
                client.request(102, out -> out.writeInt(0));
                node.runMs(1_000);
            }

            assertTrue(client.end.isEnded());
        }
    }

    @Test
    void shouldResumeSessionOnAnotherConnection()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient first = node.connect();
            final WireClient wrong = new WireClient(node);
            wrong.handshake(first.sessionId, new byte[16], 10_000);
            assertEquals(0, wrong.sessionId);
            assertFalse(first.end.isEnded(), "a wrong password disturbed the living connection");

            final WireClient second = new WireClient(node);
            second.handshake(first.sessionId, first.password, 10_000);
            assertEquals(first.sessionId, second.sessionId);
            assertArrayEquals(first.password, second.password);
            node.settle();
            assertTrue(first.end.isEnded());
        }
    }

    @Test
    void shouldRestartFromLogAlone()
    {
        final WireClient before;
        try (TestNode node = new TestNode(disk))
        {
            before = node.connect();
            before.create("/a", "hi", 0);
            before.create("/e", "hi", 1);
            node.settle();
        }

        try (TestNode node = new TestNode(disk))
        {
            assertRestored(node, before);
        }
    }

    @Test
    void shouldRestartFromSnapshotAndLog()
    {
        final WireClient before;
        try (TestNode node = new TestNode(disk))
        {
            before = node.connect();
            before.create("/a", "no", 0);
            before.create("/e", "hi", 1);
            node.settle();
            node.operators.queries.add(OperatorQuery.SNAPSHOT);
            node.run(200);
            assertNotEquals(0, disk.snapshotZxid);
            before.setData("/a", "hi", 0);
            node.settle();
        }

        try (TestNode node = new TestNode(disk))
        {
            assertRestored(node, before);
        }
    }

    private static void assertRestored(final TestNode node, final WireClient before)
    {
        final WireClient after = new WireClient(node);
        after.handshake(before.sessionId, before.password, 10_000);
        assertEquals(before.sessionId, after.sessionId);
        after.readPath(4, "/a", false);
        after.readPath(4, "/e", false);
        node.settle();
        assertEquals("hi", WireClient.string(after.reply().body()));
        assertEquals("hi", WireClient.string(after.reply().body()));
    }

    @Test
    void shouldRefuseWritesAndServeReadsWithoutSpace()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.create("/a", "hi", 0);
            node.settle();
            client.reply();
            disk.hasSpace = false;
            node.settle();
            client.setData("/a", "no", -1);
            client.readPath(4, "/a", false);
            node.settle();
            assertEquals(SYSTEM_ERROR, client.reply().error());
            assertEquals("hi", WireClient.string(client.reply().body()));

            disk.hasSpace = true;
            node.settle();
            client.setData("/a", "yes", -1);
            node.settle();
            assertEquals(OK, client.reply().error());
        }
    }

    /** People must be able to look, and programs to read; the end of the log is not theirs, though. */
    @Test
    void shouldOpenAFewSessionsWithoutSpace()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient before = node.connect();
            disk.hasSpace = false;
            node.settle();
            for (int i = 0; i < 256; i++)
            {
                assertTrue(node.connect().sessionId != 0);
            }
            final WireClient refused = new WireClient(node);
            assertThrows(AssertionError.class, () -> refused.handshake(0, new byte[16], 10_000));
            assertTrue(refused.end.isEnded());
            before.readPath(3, "/", false);
            node.settle();
            assertEquals(OK, before.reply().error());

            disk.hasSpace = true;
            node.settle();
            assertTrue(node.connect().sessionId != 0);
            disk.hasSpace = false;
            node.settle();
            assertTrue(node.connect().sessionId != 0, "the count begins anew");
        }
    }

    @Test
    void shouldKnowFromTheStartThatThereIsNoSpace()
    {
        final WireClient before;
        try (TestNode node = new TestNode(disk))
        {
            before = node.connect();
            before.create("/a", "hi", 0);
            node.settle();
        }

        disk.hasSpace = false;
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = new WireClient(node);
            client.handshake(before.sessionId, before.password, 10_000);
            client.setData("/a", "no", -1);
            client.readPath(4, "/a", false);
            node.settle();
            assertEquals(SYSTEM_ERROR, client.reply().error());
            assertEquals("hi", WireClient.string(client.reply().body()));
        }
    }

    @Test
    void shouldAnswerOperators()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.create("/e", "hi", 1);
            client.readPath(4, "/e", true);
            node.settle();
            for (final OperatorQuery query : OperatorQuery.values())
            {
                node.operators.queries.add(query);
            }
            node.run(200);

            assertEquals(OperatorQuery.values().length, node.operators.completed);
            assertEquals(OperatorPort.UNKNOWN, node.operators.lastOutcome, "a ZNODE without details");
            assertEquals(9 + MemoryTag.values().length, node.operators.records.size());
        }
    }

    @Test
    void shouldCloseAfterUnknownOpcode()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.pathOnly(20, "/a");
            node.settle();
            final Reply reply = client.reply();
            assertEquals(-6, reply.error());
            assertEquals(-1, reply.zxid());
            assertTrue(client.end.isEnded());
        }
    }

    /** A few kilobytes can ask for the same megabyte a few thousand times. */
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

    /** The log could hold it, but it would be more than a thousand times as long as its request. */
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
