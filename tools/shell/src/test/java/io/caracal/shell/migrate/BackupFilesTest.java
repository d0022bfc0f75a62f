/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.disk.DirectoryLock;
import io.caracal.journal.offline.StoredData;
import io.caracal.server.Server;
import io.caracal.server.backup.Backup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests the files of a backup when they are damaged, missing, left over or in use. */
@Timeout(480)
class BackupFilesTest extends BackupFixture
{
    @Test
    void shouldRefuseADamagedBackupByName() throws Exception
    {
        final Path backup = filled();
        final Path log = log(backup);
        final byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        final Run run = Run.of("restore", backup, "--to", dir.resolve("to"));
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.err().contains(log + ", offset "), run.err());
        assertFalse(run.err().contains("Restore the data directory"), run.err());

        final Path catalog = backup.resolve("catalog");
        final byte[] sound = Files.readAllBytes(catalog);
        for (final int bit : new int[]{ 1, 0x80 })
        {
            final byte[] unsound = sound.clone();
            unsound[unsound.length / 2] ^= (byte)bit;
            Files.write(catalog, unsound);
            final Run damaged = Run.of("restore", backup, "--to", dir.resolve("to"));
            assertEquals(1, damaged.exitCode(), damaged.err());
            assertTrue(damaged.err().contains(catalog + " is damaged"), damaged.err());
        }

        Files.delete(catalog);
        Files.createDirectory(catalog);
        final Run unread = Run.of("restore", backup, "--to", dir.resolve("to"));
        assertEquals(1, unread.exitCode(), unread.err());
        assertTrue(unread.err().contains(catalog + " cannot be read ("), unread.err());
        Files.delete(catalog);

        Files.write(catalog, sound);
        Files.delete(log);
        final Run missing = Run.of("restore", backup, "--to", dir.resolve("to"));
        assertEquals(1, missing.exitCode(), missing.err());
        assertTrue(missing.err().contains(log + " is missing"), missing.err());
    }

    /** A disk may fill up in the middle, for example. The catalog is written last. */
    @Test
    void shouldLeaveNothingBehindThatNoCatalogNames() throws Exception
    {
        final Path backup = dir.resolve("backup");
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.build();
            Files.createDirectories(backup.resolve("catalog.tmp"));
            final Run failed = Run.of("backup", backup, "--from", live);
            assertEquals(1, failed.exitCode(), failed.err());
            try (Stream<Path> files = Files.list(backup))
            {
                assertEquals(List.of(backup.resolve("catalog.tmp")), files.toList());
            }

            Files.delete(backup.resolve("catalog.tmp"));
            Run.done("backup", backup, "--from", live);
        }

        Run.done("restore", backup, "--to", dir.resolve("to"));
    }

    /** A run can be killed by Ctrl-C, and copying a large snapshot takes long. */
    @Test
    void shouldRemoveWhatAKilledRunHasLeftAndNothingElse() throws Exception
    {
        final Path backup = dir.resolve("backup");
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create("/a", World.bytes("alpha"));
        }
        final Path killed = dir.resolve("killed");
        try (StoredData data = StoredData.open(DataDirs.layout(live, null)))
        {
            new Backup(data, backup, count -> copy(backup, killed)).run();
        }
        final List<String> left = names(killed);
        assertTrue(left.remove("unfinished"), left::toString);
        assertFalse(left.isEmpty());
        assertTrue(Files.readAllLines(killed.resolve("unfinished")).containsAll(left), left::toString);
        final List<String> named = names(backup);
        Run.done("backup", killed, "--from", live);
        assertEquals(named, names(killed));

        final String stray = "snapshot-00000000000000ff";
        final String other = "snapshot-00000000000000fe";
        Files.writeString(dir.resolve(stray), "of somebody else");
        for (final String name : List.of(stray, other))
        {
            Files.writeString(backup.resolve(name), "half of it");
        }
        Files.write(backup.resolve("unfinished"), List.of(stray, log(backup).getFileName().toString(), "../" + stray,
            "catalog"));
        Run.done("backup", backup, "--from", live);

        final List<String> now = names(backup);
        assertTrue(now.remove(other), now::toString);
        assertEquals(named, now);
        assertTrue(Files.exists(dir.resolve(stray)));
        Run.done("restore", backup, "--to", dir.resolve("to"));
    }

    private static void copy(final Path from, final Path to)
    {
        try
        {
            Files.createDirectories(to);
            for (final String name : names(from))
            {
                // The lock file is left out: closing any handle of a file releases all locks that the process holds on
                // it.
                if (!"lock".equals(name))
                {
                    Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void shouldRefuseASecondRunAtTheSameMoment() throws Exception
    {
        final Path backup = filled();
        try (DirectoryLock lock = DirectoryLock.tryLock(backup.resolve("lock")))
        {
            assertNotNull(lock);
            final Run second = Run.of("backup", backup, "--from", live);
            assertEquals(3, second.exitCode(), second.err());
            assertTrue(second.err().contains("another backup is being written to " + backup), second.err());
        }

        Run.done("backup", backup, "--from", live);
    }
}
