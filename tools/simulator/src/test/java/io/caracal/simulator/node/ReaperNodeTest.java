/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

/** What a leader removes by itself: TTL znodes whose time is over, and containers that have become empty. */
class ReaperNodeTest
{
    private static final int OK = 0;
    private static final int NO_NODE = -101;
    private static final int CREATE = 1;
    private static final int CREATE2 = 15;
    private static final int CREATE_CONTAINER = 19;
    private static final int EXISTS = 3;
    private static final int CONTAINER = 4;
    private static final int TTL_MS = 20_000;
    /** The first look at containers comes one minute after the leader was established. */
    private static final int FIRST_LOOK_MS = 60_000;
    private static final int PINGS_MS = 3_000;

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void shouldRemoveZnodesThatOutlivedTheirTimeAndNoOthers()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.createWithTtl("/old", TTL_MS);
            client.createWithTtl("/young", 10 * TTL_MS);
            node.settle();
            assertEquals(OK, client.reply().error());
            assertEquals(OK, client.reply().error());

            live(node, client, FIRST_LOOK_MS + PINGS_MS);
            assertEquals(NO_NODE, exists(node, client, "/old"));
            assertEquals(OK, exists(node, client, "/young"));
        }
    }

    @Test
    void shouldRemoveContainersThatLostTheirLastChildAndNoOthers()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            for (final String path : new String[]{ "/used", "/full", "/fresh" })
            {
                createContainer(client, CREATE_CONTAINER, path);
            }
            client.create("/used/child", "", 0);
            client.delete("/used/child", -1);
            client.create("/full/child", "", 0);
            node.settle();
            for (int i = 0; i < 6; i++)
            {
                assertEquals(OK, client.reply().error());
            }

            live(node, client, FIRST_LOOK_MS + PINGS_MS);
            assertEquals(NO_NODE, exists(node, client, "/used"));
            assertEquals(OK, exists(node, client, "/full"));
            assertEquals(OK, exists(node, client, "/fresh"));
        }
    }

    /**
     * A library in use sends the container flag with the opcodes of other znodes, and relies on these znodes staying.
     */
    @Test
    void shouldKeepWhatTheFlagOfAContainerMadeAlone()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            createContainer(client, CREATE, "/one");
            createContainer(client, CREATE2, "/two");
            for (final String path : new String[]{ "/one/child", "/two/child" })
            {
                client.create(path, "", 0);
                client.delete(path, -1);
            }
            node.settle();
            for (int i = 0; i < 6; i++)
            {
                assertEquals(OK, client.reply().error());
            }

            live(node, client, FIRST_LOOK_MS + PINGS_MS);
            assertEquals(OK, exists(node, client, "/one"));
            assertEquals(OK, exists(node, client, "/two"));
        }
    }

    /** The client is told that its data are written, and relies on the znode for another time-to-live. */
    @Test
    void shouldKeepAZnodeWhoseRenewalIsUnderWay()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.createWithTtl("/lease", TTL_MS);
            node.settle();
            assertEquals(OK, client.reply().error());
            live(node, client, FIRST_LOOK_MS - PINGS_MS);

            disk.isForcing = false;
            client.setData("/lease", "renewed", -1);
            node.runMs(2 * PINGS_MS);
            assertFalse(client.hasNext(), "acknowledged what is not durable");
            disk.isForcing = true;
            node.settle();

            assertEquals(OK, client.reply().error());
            assertEquals(OK, exists(node, client, "/lease"));
        }
    }

    private static void createContainer(final WireClient client, final int opcode, final String path)
    {
        client.request(opcode, out ->
        {
            WireClient.string(out, path);
            out.writeInt(-1);
            WireClient.openAcl(out);
            out.writeInt(CONTAINER);
        });
    }

    /** Lets time pass while the client pings. */
    private static void live(final TestNode node, final WireClient client, final int ms)
    {
        for (int passed = 0; passed < ms; passed += PINGS_MS)
        {
            node.runMs(PINGS_MS);
            client.ping();
            node.settle();
            assertEquals(OK, client.reply().error());
        }
    }

    private static int exists(final TestNode node, final WireClient client, final String path)
    {
        client.readPath(EXISTS, path, false);
        node.settle();

        return client.reply().error();
    }
}
