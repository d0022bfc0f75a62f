/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.client.ClientLimits;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StandaloneSessionsTest extends StandaloneFixture
{
    private static final int SESSIONS = 1100;
    private static final int LIMIT = 10;

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

    /**
     * The clients' pings lie behind requests that wait for the disk, so the server does not see them. The clients are
     * not silent.
     */
    @Test
    void shouldKeepSessionsWhoseRequestsWaitLongerThanTheirTimeOut()
    {
        try (TestNode node = new TestNode(disk, new ClientLimits(4000, 40000, LIMIT, 4096, -1, 0, 1 << 20, 4 << 20)))
        {
            final List<WireClient> clients = Stream.generate(node::connect).limit(LIMIT).toList();
            disk.isForcing = false;
            for (int i = 0; i < 3; i++)
            {
                clients.forEach(client -> client.setData("/", "x", -1));
            }
            for (int seconds = 0; seconds < 25; seconds++)
            {
                clients.forEach(WireClient::ping);
                node.runMs(1000);
            }
            assertEquals(0, expired(node));
            disk.isForcing = true;
            node.settle();
            for (int i = 0; i < 3; i++)
            {
                clients.forEach(client -> assertEquals(OK, client.reply().error()));
            }
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

    /** ZooKeeper sends nothing behind the answer either. */
    @Test
    void shouldAnswerNothingBehindTheEndOfASession()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.request(-11, out ->
            {
                // No body.
            });
            client.readPath(4, "/", false);
            client.ping();
            node.settle();

            assertEquals(OK, client.reply().error());
            assertFalse(client.hasNext());
            assertTrue(client.end.isEnded());
        }
    }

    /** The log takes the end of the session at the second attempt. The parent of its ephemeral is empty then. */
    @Test
    void shouldDeleteBehindAnEndThatTheLogDidNotTakeAtFirst()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient owner = node.connect();
            final WireClient other = node.connect();
            owner.create("/a", "", 0);
            owner.create("/a/e", "", 1);
            node.settle();

            disk.isTaking = false;
            owner.request(-11, out ->
            {
                // No body.
            });
            node.settle();
            disk.isForcing = false;
            disk.isTaking = true;
            node.run(10);
            other.delete("/a", -1);
            node.run(10);
            assertEquals(2, node.agent.undurableTxns(), "both are prepared before any of them is applied");

            disk.isForcing = true;
            node.settle();
            assertEquals(OK, other.reply().error());
        }
    }

    @Test
    void shouldExpireASessionWhoseTimeWasUpWhileTheLogTookNothing()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient owner = node.connect();
            owner.create("/e", "1", 1);
            node.settle();

            disk.isTaking = false;
            node.runMs(2L * owner.timeoutMs);
            assertEquals(0, expired(node));
            disk.isTaking = true;
            node.runMs(owner.timeoutMs);
            assertEquals(1, expired(node));
            assertTrue(owner.end.isEnded());
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
}
