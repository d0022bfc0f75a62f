/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.zab.Zxid;
import io.caracal.server.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests what a backup still gives back when a part of it, or of the server that it was taken of, is lost. */
@Timeout(480)
class BackupDamageTest extends BackupFixture
{
    /** Writes a znode and returns its zxid. */
    private static long written(final Path dataDir, final String path) throws Exception
    {
        try (Server server = Run.server(dataDir); World world = new World(server.connectString()))
        {
            world.create(path, null);

            return world.client().exists(path, false).getCzxid();
        }
    }

    private static void assertServes(final Path dataDir, final String there, final String missing) throws Exception
    {
        try (Server server = Run.server(dataDir))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            assertNotNull(client.exists(there, false), there);
            assertNull(client.exists(missing, false), missing);
            client.close();
        }
    }

    private static List<Path> files(final Path backup, final String kind) throws Exception
    {
        return names(backup).stream().filter(name -> name.startsWith(kind)).map(backup::resolve).toList();
    }

    /** The backup may be all that is left, and its last file may have been cut off with the disk. */
    @Test
    void shouldRestoreToBeforeAFileThatIsMissingOrCutOff() throws Exception
    {
        final Path backup = filled();
        final long first = written(live, "/b");
        Run.done("backup", backup, "--from", live);
        written(live, "/c");
        Run.done("backup", backup, "--from", live);
        final List<Path> logs = files(backup, "log-");
        assertEquals(3, logs.size());

        final Path last = logs.get(2);
        final byte[] bytes = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(bytes, bytes.length - 1));
        assertRefused(backup, last + " has ");
        Files.delete(last);
        assertRefused(backup, last + " is missing");

        final Path to = dir.resolve("to");
        Run.done("restore", backup, "--to", to, "--to-zxid", Long.toHexString(first));
        assertServes(to, "/b", "/c");
    }

    private void assertRefused(final Path backup, final String reason)
    {
        final Run refused = Run.of("restore", backup, "--to", dir.resolve("refused"));
        assertEquals(1, refused.exitCode(), refused.err());
        assertTrue(refused.err().contains(reason), refused.err());
        assertTrue(refused.err().contains("an earlier moment of this one"), refused.err());
    }

    /** The backup goes on after a gap with a snapshot. What lies before the gap does not need that. */
    @Test
    void shouldRestoreToATimeBeforeASnapshotThatIsDamaged() throws Exception
    {
        final Path backup = filled();
        final long time;
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create("/b", null);
            time = world.client().exists("/b", false).getCtime();
            while (world.client().setData("/a", null, -1).getMtime() <= time)
            {
                // A later millisecond has to begin.
            }
            world.create("/c", null);
        }
        Run.done("backup", backup, "--from", live);
        written(live, "/lost");
        final Path other = dir.resolve("other");
        Run.done("restore", live, "--to", other);
        written(other, "/d");
        Run.done("backup", backup, "--from", other);
        final List<Path> snapshots = files(backup, "snapshot-");
        assertEquals(1, snapshots.size());

        final Path damaged = snapshots.get(0);
        final byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        final Path to = dir.resolve("to");
        final Run run = Run.done("restore", backup, "--to", to, "--to-time", time);
        assertTrue(run.err().contains("passed over: " + damaged + ", offset "), run.err());
        assertServes(to, "/b", "/c");

        final Run late = Run.of("restore", backup, "--to", dir.resolve("late"), "--to-time", time + 3_600_000);
        assertEquals(1, late.exitCode(), late.err());
        assertTrue(late.err().contains(damaged + ", offset "), late.err());
    }

    /** Such a server does not start, but its log is whole. */
    @Test
    void shouldRestoreTheBackupOfAServerThatLostItsEpochs() throws Exception
    {
        final Path first = dir.resolve("first");
        final Path second = dir.resolve("second");
        Run.done("restore", filled(), "--to", first);
        written(first, "/b");
        Run.done("restore", first, "--to", second);
        final long epoch = Zxid.epoch(written(second, "/c"));
        assertTrue(epoch > 2048, "a restore passes over 1,024 epochs");

        Files.delete(second.resolve("caracal-1/epochs"));
        final Path backup = dir.resolve("without-epochs");
        Run.done("backup", backup, "--from", second);
        final Path to = dir.resolve("to");
        Run.done("restore", backup, "--to", to);
        assertTrue(Zxid.epoch(written(to, "/d")) > epoch + 1024, "sessions of what is lost could come back");
        assertServes(to, "/c", "/lost");
    }

    /** As where a disk has just room for everything else. */
    @Test
    void shouldLeaveNoCatalogThatCouldNotBeWritten() throws Exception
    {
        final Path backup = dir.resolve("backup");
        written(live, "/a");
        Files.createDirectories(backup);
        Files.createSymbolicLink(backup.resolve("catalog.tmp"), Path.of("/dev/full"));
        final Run failed = Run.of("backup", backup, "--from", live);
        assertEquals(3, failed.exitCode(), failed.err());
        assertEquals(List.of(), names(backup));
    }
}
