/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.OperatorQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots of a server that clients write to meanwhile, on a slow disk. */
class SnapshotNodeTest
{
    private static final int ZNODES = 1000;
    private static final String GIVEN_UP =
        "a snapshot was given up, because znodes changed faster than the disk took what they were: 1";

    private final MemoryDisk disk = new MemoryDisk();

    private static WireClient fill(final TestNode node, final int count, final String data)
    {
        final WireClient client = node.connect();
        for (int i = 0; i < count; i++)
        {
            client.create("/n" + i, data, 0);
            node.settle();
        }

        return client;
    }

    @Test
    void shouldTakeASnapshotAgainThatWasGivenUp()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = fill(node, ZNODES, "x");
            disk.snapshotRoom = 100;
            node.operators.queries.add(OperatorQuery.SNAPSHOT);
            node.run(20);
            assertEquals(50, disk.snapshotRoom, "half of the room is left for before-images");
            for (int i = 0; i < 60; i++)
            {
                client.setData("/n" + (ZNODES - 1 - i), "y", 0);
            }
            node.run(100);
            assertEquals(List.of(GIVEN_UP), node.events.notices);
            assertEquals(1, node.events.counts.get(Count.SNAPSHOTS_FAILED));
            assertEquals(0, disk.snapshotZxid);

            disk.snapshotRoom = Integer.MAX_VALUE;
            node.runMs(2000);
            assertNotEquals(0, disk.snapshotZxid);
            assertEquals(1, node.events.notices.size());
        }
    }

    @Test
    void shouldReleaseTheLogUpToAPublishedSnapshot()
    {
        try (TestNode node = new TestNode(disk))
        {
            fill(node, ZNODES, "x");
            node.operators.queries.add(OperatorQuery.SNAPSHOT);
            node.runMs(2000);
            assertNotEquals(0, disk.snapshotZxid);
            assertFalse(disk.hasNeedlessRecords());
        }
    }

    @Test
    void shouldTakeASnapshotAgainAlsoWhenTheClockIsSetBack()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = fill(node, ZNODES, "x");
            disk.snapshotRoom = 100;
            node.operators.queries.add(OperatorQuery.SNAPSHOT);
            node.run(20);
            for (int i = 0; i < 60; i++)
            {
                client.setData("/n" + (ZNODES - 1 - i), "y", 0);
            }
            node.run(100);
            assertEquals(List.of(GIVEN_UP), node.events.notices);

            disk.snapshotRoom = Integer.MAX_VALUE;
            node.setClock(-3_600_000);
            node.runMs(2000);
            assertNotEquals(0, disk.snapshotZxid);
        }
    }

    @Test
    void shouldHoldASnapshotOfManyBytesBackAndEndItAllTheSame()
    {
        try (TestNode node = new TestNode(disk))
        {
            fill(node, 20, "x".repeat(100_000));
            node.operators.queries.add(OperatorQuery.SNAPSHOT);
            node.run(10);
            assertEquals(0, disk.snapshotZxid, "two megabytes are more than a burst");
            final long ms = node.runUntilDue(1000, () -> disk.snapshotZxid != 0);
            assertTrue(ms > 50 && ms < 250, () -> ms + " ms for a megabyte and a half at 16 a second");
        }
    }

    /** Before-images never wait for the pace. Instead the walk waits until the pace has caught up with them. */
    @Test
    void shouldCountBeforeImagesAgainstThePace()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = fill(node, 40, "x".repeat(100_000));
            node.operators.queries.add(OperatorQuery.SNAPSHOT);
            node.run(10);
            for (int i = 20; i < 40; i++)
            {
                client.setData("/n" + i, "y", 0);
            }
            final long ms = node.runUntilDue(1000, () -> disk.snapshotZxid != 0);
            assertEquals(List.of(), node.events.notices);
            assertTrue(ms > 180 && ms < 350, () -> ms + " ms for three megabytes and a half at 16 a second, of which " +
                "two were before-images");
        }
    }
}
