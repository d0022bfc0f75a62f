/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.OperatorQuery;
import org.junit.jupiter.api.Test;

/** What a server restores from its disk, and what it does when the disk is full. */
class StandaloneDiskTest extends StandaloneFixture
{
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

    /** People must be able to look, and programs to read. The end of the log is not for them, though. */
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
}
