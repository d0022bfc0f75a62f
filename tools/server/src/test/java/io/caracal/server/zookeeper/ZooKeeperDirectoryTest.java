/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooKeeperDirectoryTest
{
    @Test
    void shouldNameTheFileOfAnEpochThatIsNoNumber(@TempDir final Path dir) throws IOException
    {
        final Path home = Files.createDirectory(dir.resolve("version-2"));
        final ZooKeeperDirectory directory = new ZooKeeperDirectory(dir, dir);
        final Path file = home.resolve(ZooKeeperDirectory.CURRENT_EPOCH);
        assertEquals(0, directory.epoch(ZooKeeperDirectory.CURRENT_EPOCH));
        Files.writeString(file, "7\n");
        assertEquals(7, directory.epoch(ZooKeeperDirectory.CURRENT_EPOCH));
        for (final String wrong : new String[]{ "", "x", "1\u00e4" })
        {
            Files.write(file, wrong.getBytes(StandardCharsets.ISO_8859_1));
            final FileDamage damage =
                assertThrows(FileDamage.class, () -> directory.epoch(ZooKeeperDirectory.CURRENT_EPOCH));
            assertEquals(file + ", offset 0: this is no number", damage.getMessage());
        }
    }

    /** Shifted into a zxid, such a number would become another epoch, which the server would begin with. */
    @Test
    void shouldRefuseAnEpochThatIsNone(@TempDir final Path dir) throws IOException
    {
        final Path home = Files.createDirectory(dir.resolve("version-2"));
        final ZooKeeperDirectory directory = new ZooKeeperDirectory(dir, dir);
        final Path file = home.resolve(ZooKeeperDirectory.ACCEPTED_EPOCH);
        Files.writeString(file, "2147483647");
        assertEquals(Integer.MAX_VALUE, directory.epoch(ZooKeeperDirectory.ACCEPTED_EPOCH));
        for (final String wrong : new String[]{ "-1", "2147483648", "99999999999999" })
        {
            Files.writeString(file, wrong);
            final FileDamage damage =
                assertThrows(FileDamage.class, () -> directory.epoch(ZooKeeperDirectory.ACCEPTED_EPOCH));
            assertEquals(file + ", offset 0: an epoch of " + wrong, damage.getMessage());
        }
    }

    /** A directory stands for a file that the disk does not give back. */
    @Test
    void shouldNameTheFileThatCannotBeRead(@TempDir final Path dir) throws IOException
    {
        final Path home = Files.createDirectory(dir.resolve("version-2"));
        final Path log = Files.createDirectory(home.resolve("log.1"));
        final FileDamage unread = assertThrows(FileDamage.class, () -> new LogReader(log));
        assertTrue(unread.getMessage().startsWith(log + ", offset 0: it cannot be read ("), unread.getMessage());

        final Path snapshot = Files.createDirectory(home.resolve("snapshot.1"));
        final FileDamage damage = assertThrows(FileDamage.class, () -> new ZooKeeperDirectory(dir, dir).snapshot());
        assertTrue(damage.getMessage().startsWith(snapshot + ", offset 0: it cannot be read ("), damage.getMessage());
    }
}
