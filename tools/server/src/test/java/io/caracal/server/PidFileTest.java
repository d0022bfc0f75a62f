/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest
{
    @TempDir
    private Path dir;

    @Test
    void shouldLeaveTheFileOfTheNextServer() throws IOException
    {
        final Path path = dir.resolve("zookeeper_server.pid");
        final PidFile file = PidFile.write(null, dir);
        assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(path));
        file.close();
        assertFalse(Files.exists(path));

        Files.writeString(path, "1\n");
        file.close();
        assertEquals("1\n", Files.readString(path));
    }

    /** Whoever wants no such file names this one; a server of root would remove it for everybody. */
    @Test
    void shouldNotRemoveWhatIsNoFile() throws IOException
    {
        final Path nowhere = Files.createSymbolicLink(dir.resolve("nowhere"), Path.of("/dev/null"));
        PidFile.write(nowhere.toString(), dir).close();
        assertTrue(Files.deleteIfExists(nowhere));
    }

    /** As a name with umlauts is where the locale has none. */
    @Test
    void shouldSayThatTheEnvironmentNamesNoPath()
    {
        final LaunchException refused = assertThrows(LaunchException.class, () -> PidFile.write("\0", dir));
        assertEquals(ExitCode.DATA, refused.exitCode());
        assertTrue(refused.getMessage().contains("set ZOOPIDFILE to a path that can"), refused::getMessage);
    }
}
