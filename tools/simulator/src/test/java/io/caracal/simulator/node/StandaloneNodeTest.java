/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.simulator.node.WireClient.Reply;
import org.junit.jupiter.api.Test;

class StandaloneNodeTest extends StandaloneFixture
{
    private static final int NODE_EXISTS = -110;

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
}
