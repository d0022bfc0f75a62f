/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Znodes with a time to live, and servers on which extended types have been switched off. */
class TtlMarksTest
{
    private static final long SERVER = 1;
    private static final int EXISTS = 3;

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void shouldSayThatTheyStayWhereExtendedTypesAreOff()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.createWithTtl("/a", 1000);
            client.createWithTtl("/b", 2000);
            client.create("/mine", "", 1);
            node.settle();
            assertEquals(List.of(), node.events.notices);
        }

        try (TestNode node = new TestNode(disk, TestNode.limits(), false))
        {
            assertEquals(List.of("2 znodes with a time to live stay until extendedTypesEnabled=true is set: " + SERVER),
                node.events.notices);
            node.runMs(200_000);
            final WireClient client = node.connect();
            client.readPath(EXISTS, "/a", false);
            node.settle();
            assertEquals(0, client.reply().error());
        }

        try (TestNode node = new TestNode(disk))
        {
            assertEquals(List.of(), node.events.notices);
            node.runMs(200_000);
            final WireClient client = node.connect();
            client.readPath(EXISTS, "/a", false);
            node.settle();
            assertEquals(-101, client.reply().error());
        }
    }
}
