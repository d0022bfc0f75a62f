/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
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

    /** Users who want no such file name {@code /dev/null}, which a server of root could remove for everybody. */
    @Test
    void shouldNotRemoveWhatIsNoFile() throws IOException
    {
        final Path nowhere = Files.createSymbolicLink(dir.resolve("nowhere"), Path.of("/dev/null"));
        PidFile.write(nowhere.toString(), dir).close();
        assertTrue(Files.deleteIfExists(nowhere));
    }

    /** A server whose disk is full goes on, and serves reads. */
    @Test
    void shouldBeWrittenOnceThereIsRoom() throws IOException
    {
        final Path path = Files.createSymbolicLink(dir.resolve("server.pid"), Path.of("/dev/full"));
        final PidFile file = PidFile.write(path.toString(), dir);
        assertTrue(file.isDue());
        file.tryAgain();
        assertTrue(file.isDue());

        Files.delete(path);
        file.tryAgain();
        assertFalse(file.isDue());
        assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(path));
        file.close();
        assertFalse(Files.exists(path));
    }

    /** For example a name with umlauts in a locale that has none. */
    @Test
    void shouldSayThatTheEnvironmentNamesNoPath()
    {
        final LaunchException refused = assertThrows(LaunchException.class, () -> PidFile.write("\0", dir));
        assertEquals(ExitCode.DATA, refused.exitCode());
        assertTrue(refused.getMessage().contains("set ZOOPIDFILE to a path that can"), refused::getMessage);
    }

    /**
     * Otherwise a script that stops by the file would no longer find the other server, and this server would remove the
     * file at its end.
     */
    @Test
    void shouldLeaveTheFileOfAServerThatWasToldTheSame() throws Exception
    {
        final Path path = dir.resolve("shared.pid");
        final Process other = standIn("./shared.pid");
        final Process byChance = standIn("other.pid");
        try
        {
            Files.writeString(path, other.pid() + "\n");
            PidFile.write(path.toString(), dir).close();
            assertEquals(other.pid() + "\n", Files.readString(path));

            Files.writeString(path, byChance.pid() + "\n");
            PidFile.write(path.toString(), dir);
            assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(path));
        }
        finally
        {
            other.destroyForcibly().onExit().join();
            byChance.destroyForcibly().onExit().join();
        }
    }

    /** Starts a process that looks like a server that was told this file. */
    private Process standIn(final String pidFile) throws IOException
    {
        final ProcessBuilder builder = new ProcessBuilder("bash", "-c", "echo ready; while :; do sleep 0.02; done",
            "bash", ServerMain.class.getName()).directory(dir.toFile());
        builder.environment().put("ZOOPIDFILE", pidFile);
        final Process process = builder.start();
        assertEquals('r', process.getInputStream().read());
        return process;
    }

    /** For example a server that was started in its place and has taken over the file. */
    @Test
    void shouldLeaveAFileThatNamesAnotherByNow() throws IOException
    {
        final Path path = dir.resolve("server.pid");
        final PidFile file = PidFile.write(path.toString(), dir);
        Files.writeString(path, "1\n");
        file.close();
        assertEquals("1\n", Files.readString(path));
    }
}
