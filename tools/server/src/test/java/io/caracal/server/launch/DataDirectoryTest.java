/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.open.OpenJournal;
import io.caracal.server.ServerContext;
import io.caracal.server.config.Settings;
import io.caracal.server.offline.NewServerData;
import io.caracal.server.offline.OfflineReplica;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages for a disk that the kernel has made read-only: permissions have nothing to do with it. */
class DataDirectoryTest
{
    private static final Path DIRECTORY = Path.of("/data");
    private static final String ADVICE = "its file system is mounted read-only, to which a kernel changes it by " +
        "itself when the disk has errors: see dmesg and findmnt -T /data, then mount it for writing or name another " +
        "dataDir";

    /** Without the second directory, the import would miss what was written after the snapshot. */
    @Test
    void shouldNameBothDirectoriesOfAZooKeeper(@TempDir final Path dir) throws IOException
    {
        final Path data = dir.resolve("data");
        final Path log = dir.resolve("log");
        Files.createFile(Files.createDirectories(log.resolve("version-2")).resolve("log.1"));
        final Settings settings = new ServerContext().dataDir(data).set("dataLogDir", log.toString()).conclude();
        final LaunchException refused = assertThrows(LaunchException.class, () -> DataDirectory.prepare(settings));

        assertEquals(ExitCode.DATA, refused.exitCode());
        assertEquals(log + " holds data of ZooKeeper. To take it over into a new directory: caracal import --from " +
            data + " --log-dir " + log + " --to NEWDIR", refused.getMessage());
        assertFalse(Files.exists(data));
    }

    /** If a disk is not mounted, its mount point is an empty directory. */
    @Test
    void shouldBeginEmptyOnlyWhereThatIsMeant(@TempDir final Path dir) throws IOException
    {
        final Path log = Files.createDirectory(dir.resolve("log"));
        final Settings settings = new ServerContext().dataDir(dir).set("dataLogDir", log.toString())
            .set("datadir.autocreate", "false").conclude();
        assertRefused(dir, settings);

        Files.createFile(dir.resolve("initialize"));
        DataDirectory.prepare(settings);

        Files.delete(dir.resolve("initialize"));
        Files.createDirectory(dir.resolve("caracal-1"));
        assertRefused(log, settings);
        Files.createDirectory(log.resolve("caracal-1"));
        DataDirectory.prepare(settings);
    }

    /** Whoever restores at night and starts the server too early would serve nothing, and write over it. */
    @Test
    void shouldNotBeginEmptyWhereAToolHasNotCompletedItsWork(@TempDir final Path dir) throws IOException
    {
        final Path log = Files.createDirectory(dir.resolve("log"));
        final Path unfinished = Files.createDirectory(dir.resolve("caracal-1.new"));
        final Settings settings = new ServerContext().dataDir(dir).set("dataLogDir", log.toString()).conclude();
        final LaunchException refused = assertThrows(LaunchException.class, () -> DataDirectory.prepare(settings));
        assertEquals(ExitCode.DATA, refused.exitCode());
        assertEquals("an import or a restore into " + dir + " is not complete: wait for its end or run it again; if " +
            "this server is to begin empty, remove " + unfinished, refused.getMessage());

        Files.createDirectory(log.resolve("caracal-1"));
        DataDirectory.prepare(settings);
        Files.delete(log.resolve("caracal-1"));
        Files.createDirectory(dir.resolve("caracal-1"));
        DataDirectory.prepare(settings);
    }

    /** A tool that is killed between naming the log and naming the rest has left all the data of a server. */
    @Test
    void shouldTakeWhatAToolHasHalfMadeForData(@TempDir final Path dir) throws IOException
    {
        final Path data = Files.createDirectory(dir.resolve("data"));
        final Path log = Files.createDirectory(dir.resolve("log"));
        final DataLayout layout = DataLayout.in(data, log);
        try (NewServerData made = NewServerData.begin(layout); OfflineReplica empty = new OfflineReplica())
        {
            empty.loader().onLoadBegin(0);
            empty.endLoad();
            empty.replica().lastAppliedZxid(7);
            made.write(empty, 1, 1);
        }
        Files.move(layout.home(), data.resolve("caracal-1.new"));

        final Settings settings = new ServerContext().dataDir(data).set("dataLogDir", log.toString())
            .set("datadir.autocreate", "false").conclude();
        DataDirectory.prepare(settings);
        OpenJournal.open(new JournalContext().dataDir(data).dataLogDir(log).onFailure(failure ->
        {
        })).close();
        assertTrue(Files.exists(layout.snapshots().resolve("snapshot-0000000000000007")));
    }

    /** The words of the system for both are those for a file in the way. */
    @Test
    void shouldNameTheLinkThatLeadsNowhere(@TempDir final Path dir) throws IOException
    {
        final Path dangling = Files.createSymbolicLink(dir.resolve("dangling"), dir.resolve("unmounted/disk"));
        final Path circle = Files.createSymbolicLink(dir.resolve("circle"), dir.resolve("circle"));
        for (final Path link : List.of(dangling, circle))
        {
            for (final Path data : List.of(link, link.resolve("data")))
            {
                final Settings settings = new ServerContext().dataDir(data).conclude();
                final LaunchException refused =
                    assertThrows(LaunchException.class, () -> DataDirectory.prepare(settings));
                assertEquals(ExitCode.DATA, refused.exitCode());
                assertTrue(refused.getMessage().startsWith(data + " cannot be made: " + link +
                    " is a link that leads nowhere"), refused.getMessage());
            }
        }
    }

    private static void assertRefused(final Path directory, final Settings settings)
    {
        final LaunchException refused = assertThrows(LaunchException.class, () -> DataDirectory.prepare(settings));
        assertTrue(refused.getMessage().startsWith(directory +
            " holds no data of a server and datadir.autocreate=false"),
            refused.getMessage());
    }

    @Test
    void shouldTellOfAFileSystemThatIsReadOnly()
    {
        assertEquals("/data is not writable; " + ADVICE, DataDirectory.unwritable(DIRECTORY, true));
        assertEquals("/data cannot be made (Read-only); " + ADVICE, DataDirectory.unmade(DIRECTORY,
            new IOException("Read-only"), true));
    }

    @Test
    void shouldTakeTheWordOfTheSystemForAFileSystemThatIsReadOnly()
    {
        assertTrue(DataDirectory.saysReadOnly(new FileSystemException("/data/x", null, "Read-only file system")));
        assertFalse(DataDirectory.saysReadOnly(new AccessDeniedException("/data/x")));
        assertFalse(DataDirectory.saysReadOnly(new IOException("Read-only file system of another kind")));
    }

    @Test
    void shouldTellOfPermissionsElsewhere()
    {
        final String told = DataDirectory.unwritable(DIRECTORY, false);
        assertTrue(told.startsWith("/data is not writable; give it to the user "), told);
        assertEquals("/data cannot be made (x); check the permissions of the directory above",
            DataDirectory.unmade(DIRECTORY, new IOException("x"), false));
    }

    @Test
    void shouldGiveTheReasonInTheWordsOfTheSystem()
    {
        assertEquals("/data cannot be made (Not a directory); a part of this path is a file; name another one",
            DataDirectory.unmade(DIRECTORY, new FileSystemException("/data", null, "Not a directory"), false));
        assertEquals("/data cannot be made (No such file or directory); check the permissions of the directory above",
            DataDirectory.unmade(DIRECTORY, new NoSuchFileException("/data"), false));
        assertEquals("/data cannot be made (Permission denied); check the permissions of the directory above",
            DataDirectory.unmade(DIRECTORY, new AccessDeniedException("/data"), false));
    }
}
