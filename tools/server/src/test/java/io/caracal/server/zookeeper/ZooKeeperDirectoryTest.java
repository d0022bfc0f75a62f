/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
}
