/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.ReceiveDriver;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The disk of the snapshots fails while that of the log does not. The server continues, and takes snapshots again
 * later.
 */
class SnapshotDiskTest
{
    private final RealStorage storage = RealStorage.fresh();
    private final StorageDriver driver = new StorageDriver(storage);

    @BeforeEach
    void begin()
    {
        storage.open();
        driver.start();
        for (int zxid = 1; zxid <= 10; zxid++)
        {
            driver.append(zxid, 100);
        }

        driver.awaitDurable(10);
    }

    @AfterEach
    void end()
    {
        storage.fileSystem.failCall((call, file) -> false);
        storage.close();
    }

    @Test
    void shouldTakeSnapshotsAgainWhenTheirDirectoryCanBeWrittenAgain()
    {
        driver.await("begin", () -> storage.snapshotStore().begin(1));
        driver.await("file",
            () -> Files.exists(storage.snapshotPath(1).resolveSibling("snapshot-0000000000000001.tmp")));
        storage.fileSystem.failCall((call, file) -> isOfSnapshots(file));
        driver.await("room", () -> storage.snapshotStore().finish(0, 0));
        awaitNews("failed 1");
        driver.beginSnapshot(2, 1);
        awaitNews("failed 2");

        storage.fileSystem.failCall((call, file) -> false);
        driver.snapshot(3, 5);
        assertFalse(Files.exists(storage.snapshotPath(2)));
    }

    @Test
    void shouldGiveUpASnapshotThatCannotBeRemoved()
    {
        driver.await("begin", () -> storage.snapshotStore().begin(1));
        driver.await("file",
            () -> Files.exists(storage.snapshotPath(1).resolveSibling("snapshot-0000000000000001.tmp")));
        storage.fileSystem.failCall((call, file) -> isOfSnapshots(file));
        storage.snapshotStore().abort();
        driver.appendDurably(11, 100);
        driver.beginSnapshot(2, 1);
        awaitNews("failed 2");

        storage.fileSystem.failCall((call, file) -> false);
        driver.snapshot(3, 5);
        assertEquals(0, storage.failures.size());
    }

    @Test
    void shouldReceiveASnapshotWhenTheDirectoryCanBeWrittenAgain()
    {
        final byte[] file = receivedFile();
        driver.await("begin", () -> storage.snapshotStore().beginReceive(50, file.length));
        driver.await("bytes", () -> storage.snapshotStore().receive(new UnsafeBuffer(file), 0, 100));
        storage.fileSystem.failCall((call, path) -> isOfSnapshots(path));
        driver.await("bytes", () -> storage.snapshotStore().receive(new UnsafeBuffer(file), 100, 100));
        awaitNews("not received 50");
        driver.await("begin", () -> storage.snapshotStore().beginReceive(51, file.length));
        awaitNews("not received 51");

        storage.fileSystem.failCall((call, path) -> false);
        new ReceiveDriver(storage, driver).receive(50, file.length, file);
        awaitNews("received 50");
    }

    @Test
    void shouldKeepNoDescriptorOfASnapshotForWhichThereWasNoRoom() throws IOException
    {
        storage.fileSystem.failWrite(SnapshotDiskTest::isOfSnapshots);
        for (int zxid = 1; zxid <= 10; zxid++)
        {
            final long each = zxid;
            driver.await("begin", () -> storage.snapshotStore().begin(each));
            awaitNews("failed " + zxid);
        }

        storage.fileSystem.failWrite(file -> false);
        assertEquals(List.of(), descriptors());
    }

    @Test
    void shouldGoOnWhenAPurgeCannotRemoveAFile()
    {
        for (int zxid = 1; zxid <= 6; zxid++)
        {
            driver.snapshot(zxid, 2);
        }

        storage.fileSystem.failCall((call, file) -> "remove".equals(call) && isOfSnapshots(file));
        storage.purge(3);
        driver.appendDurably(11, 100);
        assertTrue(Files.exists(storage.snapshotPath(1)));

        storage.fileSystem.failCall((call, file) -> false);
        storage.purge(3);
        assertFalse(Files.exists(storage.snapshotPath(1)));
        assertEquals(0, storage.failures.size());
    }

    /** A bad sector causes an error rather than other bytes. So does reading a directory. */
    @Test
    void shouldPassOverASnapshotThatCannotBeRead() throws IOException
    {
        driver.snapshot(4, 5);
        driver.snapshot(8, 5);
        storage.shutDown();
        Files.delete(storage.snapshotPath(8));
        Files.createDirectory(storage.snapshotPath(8));

        storage.open();
        driver.start();
        assertEquals(4, driver.loadedZxid);
        assertEquals(10, driver.replayEnd);
    }

    private static boolean isOfSnapshots(final Path file)
    {
        return file.getFileName().toString().startsWith("snapshot-");
    }

    private void awaitNews(final String news)
    {
        driver.await(news, () ->
        {
            driver.poll();
            return driver.snapshotNews.contains(news) || !storage.failures.isEmpty();
        });
        assertEquals(0, storage.failures.size(), () -> "the server stopped: " + storage.failures);
    }

    private List<String> descriptors() throws IOException
    {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd")))
        {
            return links.map(SnapshotDiskTest::target).filter(target -> target.contains(storage.directory() +
                "/caracal-1/snapshots/")).toList();
        }
    }

    private static String target(final Path link)
    {
        try
        {
            return Files.readSymbolicLink(link).toString();
        }
        catch (final IOException vanished)
        {
            return "";
        }
    }

    private static byte[] receivedFile()
    {
        try (RealStorage other = RealStorage.fresh())
        {
            other.open();
            final StorageDriver writer = new StorageDriver(other);
            writer.start();
            writer.appendDurably(50, 100);
            writer.snapshot(50, 20);
            return other.snapshotFile(50);
        }
    }
}
