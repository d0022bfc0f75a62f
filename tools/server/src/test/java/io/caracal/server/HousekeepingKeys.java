/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static io.caracal.server.config.ServerProperty.CONTAINER_INTERVAL;
import static io.caracal.server.config.ServerProperty.CONTAINER_NEVER_USED;
import static io.caracal.server.config.ServerProperty.CONTAINER_PER_MINUTE;
import static io.caracal.server.config.ServerProperty.PURGE_INTERVAL;
import static io.caracal.server.config.ServerProperty.SNAPSHOT_RATE;
import static io.caracal.server.config.ServerProperty.SNAP_COUNT;
import static io.caracal.server.config.ServerProperty.SNAP_SIZE_LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Keys of the server's own housekeeping: it removes containers, takes snapshots, and removes old ones. */
final class HousekeepingKeys
{
    private static final String LOOKS = "znode.container.checkIntervalMs=5";
    private static final String NEVER_LOOKS = "znode.container.checkIntervalMs=2147483647";
    /**
     * A first snapshot is due within this many transactions of a kilobyte, and a second one not before as many more.
     */
    private static final int SNAP_TXNS = 20;
    /** Twice the number of bytes that a snapshot writes at once, whatever its rate limit. */
    private static final int LARGE_TREE = 1 << 20;
    private static final byte[] NOTHING = new byte[0];

    private HousekeepingKeys()
    {
    }

    static Stream<KeyProof> rows()
    {
        return Stream.of(
            new KeyProof(CONTAINER_INTERVAL, HousekeepingKeys::looksAtContainersSooner),
            new KeyProof(CONTAINER_PER_MINUTE, HousekeepingKeys::removesContainersFaster),
            new KeyProof(CONTAINER_NEVER_USED, HousekeepingKeys::removesContainersThatNobodyUsed),
            new KeyProof(SNAP_COUNT, server -> takesASnapshotOnlyWith(server, "snapCount=" + SNAP_TXNS)),
            new KeyProof(SNAP_SIZE_LIMIT, server -> takesASnapshotOnlyWith(server, "snapSizeLimitInKb=" + SNAP_TXNS)),
            new KeyProof(SNAPSHOT_RATE, HousekeepingKeys::hurriesASnapshot),
            new KeyProof(PURGE_INTERVAL, HousekeepingKeys::removesOldSnapshots));
    }

    private static void looksAtContainersSooner(final ReloadedServer server) throws IOException
    {
        final RawClient client = server.open();
        server.reload(NEVER_LOOKS);
        final String container = usedContainer(client);
        ReloadedServer.turn(client);
        assertTrue(client.exists(container), "the next look comes after days");
        server.reload(LOOKS);
        ReloadedServer.await("a look", () -> !client.exists(container));
    }

    private static void removesContainersFaster(final ReloadedServer server) throws IOException
    {
        final RawClient client = server.open();
        server.reload(LOOKS + "\nznode.container.maxPerMinute=2147483647");
        final String first = usedContainer(client);
        ReloadedServer.await("a first one to go", () -> !client.exists(first));
        server.reload(LOOKS + "\nznode.container.maxPerMinute=1");
        final String second = usedContainer(client);
        ReloadedServer.turn(client);
        assertTrue(client.exists(second), "one goes in a minute");
        server.reload(LOOKS + "\nznode.container.maxPerMinute=60000");
        ReloadedServer.await("it to go as well", () -> !client.exists(second));
    }

    private static void removesContainersThatNobodyUsed(final ReloadedServer server) throws IOException
    {
        final RawClient client = server.open();
        final String unused = ReloadedServer.name();
        assertEquals(RawClient.OK, client.create(unused, NOTHING, RawClient.CONTAINER));
        server.reload(LOOKS);
        final String used = usedContainer(client);
        ReloadedServer.await("a look", () -> !client.exists(used));
        assertTrue(client.exists(unused));
        server.reload(LOOKS + "\nznode.container.maxNeverUsedIntervalMs=1");
        ReloadedServer.await("it to go", () -> !client.exists(unused));
    }

    private static String usedContainer(final RawClient client) throws IOException
    {
        final String container = ReloadedServer.name();
        assertEquals(RawClient.OK, client.create(container, NOTHING, RawClient.CONTAINER));
        assertEquals(RawClient.OK, client.create(container + "/child", NOTHING, 0));
        assertEquals(RawClient.OK, client.delete(container + "/child"));
        return container;
    }

    private static void takesASnapshotOnlyWith(final ReloadedServer server, final String line) throws IOException
    {
        final RawClient client = server.open();
        final long before = server.metrics().count(Count.SNAPSHOTS);
        ReloadedServer.fill(client, SNAP_TXNS);
        ReloadedServer.turn(client);
        assertEquals(0, server.metrics().gauge(Gauge.SNAPSHOT_RUNNING));
        assertEquals(before, server.metrics().count(Count.SNAPSHOTS));
        server.reload(line);
        takeSnapshot(server, client);
    }

    private static void takeSnapshot(final ReloadedServer server, final RawClient client) throws IOException
    {
        final long before = server.metrics().count(Count.SNAPSHOTS);
        ReloadedServer.fill(client, SNAP_TXNS);
        ReloadedServer.await("a snapshot", () -> server.metrics().count(Count.SNAPSHOTS) > before);
    }

    private static void hurriesASnapshot(final ReloadedServer server) throws IOException
    {
        final RawClient client = server.open();
        for (int i = 0; i < 2; i++)
        {
            assertEquals(RawClient.OK, client.create(ReloadedServer.name(), new byte[LARGE_TREE / 2], 0));
        }
        final long before = server.metrics().count(Count.SNAPSHOTS);
        server.reload("snapshotRateInKb=1\nsnapCount=" + SNAP_TXNS);
        ReloadedServer.fill(client, SNAP_TXNS);
        ReloadedServer.await("a slow snapshot", () -> server.metrics().gauge(Gauge.SNAPSHOT_RUNNING) == 1);
        ReloadedServer.turn(client);
        assertEquals(before, server.metrics().count(Count.SNAPSHOTS), "it takes minutes");
        server.reload("snapshotRateInKb=0");
        ReloadedServer.await("its end", () -> server.metrics().count(Count.SNAPSHOTS) > before);
    }

    private static void removesOldSnapshots(final ReloadedServer server) throws IOException
    {
        final RawClient client = server.open();
        // A changed value restarts the count, so that no snapshot is under way when the last one has been published.
        for (int i = 0; snapshots(server).size() < ReloadedServer.KEPT + 2; i++)
        {
            server.reload("snapCount=" + (SNAP_TXNS + i % 2));
            takeSnapshot(server, client);
        }
        final List<String> all = snapshots(server);
        server.reload("autopurge.purgeInterval=1");
        final List<String> kept = all.subList(all.size() - ReloadedServer.KEPT, all.size());
        ReloadedServer.await("old ones to go but " + kept, () -> snapshots(server).equals(kept));
    }

    private static List<String> snapshots(final ReloadedServer server) throws IOException
    {
        try (Stream<Path> files = Files.list(server.directory().resolve("data/caracal-1/snapshots")))
        {
            return files.map(file -> file.getFileName().toString()).filter(file -> !file.endsWith(".tmp")).sorted()
                .toList();
        }
    }
}
