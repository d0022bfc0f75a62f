/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole server on a damaged disk. It starts with everything that was acknowledged, or it does not start and says
 * which file is damaged, where, and what a person can do.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CorruptDataTest
{
    private static final int ZNODES = 60;
    private static final int SNAP_COUNT = 20;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final byte[] DATA = "not zeros ".repeat(100).getBytes(StandardCharsets.US_ASCII);
    private static final List<ACL> OPEN = Collections.singletonList(new ACL(31, new Id("world", "anyone")));

    @TempDir
    private Path dir;

    @BeforeEach
    void write() throws Exception
    {
        try (Server server = Server.launch(context()))
        {
            final ZooKeeper client = OfficialClient.connect(server.connectString());
            for (int i = 0; i < ZNODES; i++)
            {
                client.create("/n" + i, DATA, OPEN, CreateMode.PERSISTENT);
            }
            // Snapshots are written while writes go on. How many writes that takes depends on the machine.
            final long deadlineNs = System.nanoTime() + LIMIT_NS;
            while (wholeSnapshots() < 2)
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, "waited for two snapshots");
                client.setData("/n0", DATA, -1);
            }
            client.close();
        }
    }

    @Test
    void shouldRefuseALogWithAHoleAndExitWithThree() throws Exception
    {
        writeBehindTheSnapshots();
        final Path segment = last(own("segments"), ".cq4");
        wipe(segment, lastRecord(segment) - 8_000, 64);
        final String refusal = refusal();

        assertTrue(refusal.contains(segment + ", offset "), refusal);
        assertTrue(refusal.contains("Restore the data directory from a backup"), refusal);
        try (ServerProcess server = new ServerProcess(dir, "clientPort=0", "dataDir=" + dir))
        {
            assertEquals(3, server.awaitExit());
            assertTrue(server.errors().contains(segment + ", offset "), server::errors);
            assertFalse(server.errors().contains("\tat "), "places in the program help nobody: " + server.errors());
        }
    }

    /** Writes transactions after the last snapshot, because a start does not read again what a snapshot holds. */
    private void writeBehindTheSnapshots() throws Exception
    {
        try (Server server = Server.launch(context().set("snapCount", "1000000")))
        {
            final ZooKeeper client = OfficialClient.connect(server.connectString());
            for (int i = 0; i < 30; i++)
            {
                client.setData("/n0", DATA, -1);
            }
            client.close();
        }
    }

    @Test
    void shouldRefuseALogOfWhichASegmentIsMissing() throws Exception
    {
        final Path segment = last(own("segments"), ".cq4");
        IoUtil.delete(segment.getParent().toFile(), false);
        final String refusal = refusal();

        assertTrue(refusal.contains(segment.getParent().getFileName().toString()), refusal);
        assertTrue(refusal.contains("Restore the data directory from a backup"), refusal);
    }

    @Test
    void shouldRefuseToGuessWithoutItsManifest() throws Exception
    {
        final Path manifest = own("manifest");
        wipe(manifest, 0, (int)Files.size(manifest));
        final String refusal = refusal();

        assertTrue(refusal.contains(manifest + ", offset 0"), refusal);
        Files.delete(manifest);
        assertTrue(refusal().contains(manifest + ", offset 0"), this::refusal);
    }

    @Test
    void shouldRefuseWithoutItsEpochs() throws Exception
    {
        final Path epochs = own("epochs");
        wipe(epochs, 0, (int)Files.size(epochs));
        final String refusal = refusal();

        assertTrue(refusal.contains(epochs + ", offset 0"), refusal);
        Files.delete(epochs);
        assertTrue(refusal().contains(epochs + ", offset 0"), this::refusal);
    }

    @Test
    void shouldDoWithoutANewestSnapshotThatIsDamaged() throws Exception
    {
        final Path snapshot = last(own("snapshots"), "");
        wipe(snapshot, Files.size(snapshot) / 2, 64);

        assertHoldsAll();
    }

    @Test
    void shouldDoWithoutAnySnapshotAsLongAsTheLogGoesBackToTheBeginning() throws Exception
    {
        damageSnapshots();

        assertHoldsAll();
    }

    @Test
    void shouldRefuseWhenNoSnapshotIsWholeAndTheLogBeforeIsDamaged() throws Exception
    {
        damageSnapshots();
        final Path segment = files(own("segments"), ".cq4").get(0);
        wipe(segment, lastRecord(segment) - 50_000, 64);
        final String refusal = refusal();

        assertTrue(refusal.contains(segment + ", offset "), refusal);
        assertTrue(refusal.contains("Restore the data directory from a backup"), refusal);
    }

    private long wholeSnapshots()
    {
        return Arrays.stream(own("snapshots").toFile().list()).filter(name -> name.matches("snapshot-[0-9a-f]{16}"))
            .count();
    }

    private void damageSnapshots() throws IOException
    {
        final List<Path> snapshots = files(own("snapshots"), "");
        assertTrue(snapshots.size() > 1, snapshots::toString);
        for (final Path snapshot : snapshots)
        {
            wipe(snapshot, Files.size(snapshot) / 2, 64);
        }
    }

    private void assertHoldsAll() throws Exception
    {
        try (Server server = Server.launch(context()))
        {
            final ZooKeeper client = OfficialClient.connect(server.connectString());
            for (int i = 0; i < ZNODES; i++)
            {
                assertNotNull(client.exists("/n" + i, false), "/n" + i);
            }
            client.close();
        }
    }

    private String refusal()
    {
        final LaunchException failure = assertThrows(LaunchException.class, () -> Server.launch(context()).close());
        assertEquals(ExitCode.DATA, failure.exitCode(), failure::getMessage);
        return failure.getMessage();
    }

    private ServerContext context()
    {
        return new ServerContext().dataDir(dir).clientPort(0).clientPortAddress("127.0.0.1").set("snapCount",
            Integer.toString(SNAP_COUNT));
    }

    private Path own(final String name)
    {
        return dir.resolve("caracal-1").resolve(name);
    }

    private static List<Path> files(final Path directory, final String suffix) throws IOException
    {
        try (Stream<Path> all = Files.walk(directory))
        {
            return all.filter(Files::isRegularFile).filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    private static Path last(final Path directory, final String suffix) throws IOException
    {
        final List<Path> files = files(directory, suffix);
        return files.get(files.size() - 1);
    }

    /** Overwrites bytes with zeros. */
    private static void wipe(final Path file, final long offset, final int length) throws IOException
    {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw"))
        {
            access.seek(offset);
            access.write(new byte[length]);
        }
    }

    /** Returns the position of the last byte that is not zero. */
    private static long lastRecord(final Path file) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length - 1;
        while (end > 0 && bytes[end] == 0)
        {
            end--;
        }

        return end;
    }
}
