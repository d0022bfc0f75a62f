/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.disk.DirectoryLock;
import io.caracal.server.offline.OfflineReplica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ZooKeeper starts empty on a directory without a snapshot, so it must not see one that is not complete. */
class ZooKeeperExportTest
{
    @TempDir
    private Path dir;

    private Path home()
    {
        return dir.resolve("version-2");
    }

    private static Path write(final ZooKeeperExport export) throws IOException
    {
        try (OfflineReplica offline = new OfflineReplica())
        {
            offline.loader().onLoadBegin(0);
            offline.endLoad();
            offline.replica().lastAppliedZxid(7);

            return export.write(offline.replica(), 2, 1, false, (what, count) -> assertEquals("znodes", what));
        }
    }

    @Test
    void shouldGiveTheDirectoryItsNameLast() throws IOException
    {
        final Path left = Files.createDirectories(dir.resolve("version-2.new")).resolve("snapshot.5");
        Files.writeString(left, "half of it");
        try (ZooKeeperExport export = new ZooKeeperExport(dir))
        {
            export.begin();
            assertFalse(Files.exists(home()));
            assertEquals(home().resolve("snapshot.7"), write(export));
        }

        assertEquals("2", Files.readString(home().resolve("acceptedEpoch")));
        assertEquals("1", Files.readString(home().resolve("currentEpoch")));
        try (var files = Files.list(home()))
        {
            assertEquals(3, files.count());
        }
        assertFalse(Files.exists(left.getParent()));
    }

    @Test
    void shouldTakeThePlaceOfAnEmptyDirectory() throws IOException
    {
        Files.createDirectory(home());
        try (ZooKeeperExport export = new ZooKeeperExport(dir))
        {
            export.begin();
            assertTrue(Files.exists(write(export)));
        }
    }

    @Test
    void shouldLeaveAloneWhatAnotherExportWrites() throws IOException
    {
        try (ZooKeeperExport export = new ZooKeeperExport(dir))
        {
            export.begin();
            try (ZooKeeperExport second = new ZooKeeperExport(dir))
            {
                assertThrows(DirectoryInUseException.class, second::begin);
            }
            assertTrue(Files.exists(write(export)));
        }
    }

    @Test
    void shouldLeaveNothingWhenItFails() throws IOException
    {
        final Path deep = dir.resolve("new/deep");
        try (ZooKeeperExport export = new ZooKeeperExport(deep))
        {
            export.begin();
            Files.createDirectories(deep.resolve("version-2/of-somebody-else"));
            assertThrows(IOException.class, () -> write(export));
            assertNull(DirectoryLock.tryLock(deep.resolve("version-2.new/lock")),
                "another export could write there before the directory has its name");
        }

        assertFalse(Files.exists(deep.resolve("version-2.new")));
        assertTrue(Files.exists(deep.resolve("version-2/of-somebody-else")));
    }
}
