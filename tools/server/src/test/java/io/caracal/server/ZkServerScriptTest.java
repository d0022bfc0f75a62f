/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code zkServer.sh} finds the server by the file that holds its process id, and nobody else. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZkServerScriptTest
{
    private static final Path SCRIPT = Path.of("..", "bin", "zkServer.sh").toAbsolutePath().normalize();

    @TempDir
    private Path dir;

    @BeforeEach
    void configure() throws IOException
    {
        Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") + "\nclientPort=0\n");
        Files.createDirectory(dir.resolve("data"));
    }

    @Test
    void shouldStopTheServer() throws Exception
    {
        try (ServerProcess server = new ServerProcess(dir, "dataDir=" + dir.resolve("data"), "clientPort=0",
            "admin.enableServer=false"))
        {
            server.awaitServing();

            assertEquals("Stopping zookeeper ... STOPPED", stop());
            assertEquals(0, server.awaitExit());
        }
    }

    /** The server was killed, and its number went to somebody else. */
    @Test
    void shouldNotStopAnotherProcessWithTheNumberInTheFile() throws Exception
    {
        final Process other = new ProcessBuilder("sleep", "1000").start();
        try
        {
            Files.writeString(dir.resolve("data").resolve("zookeeper_server.pid"), other.pid() + "\n");

            final String said = stop();
            assertTrue(said.startsWith("Stopping zookeeper ... no zookeeper to stop"), said);
            assertTrue(other.isAlive());
        }
        finally
        {
            other.destroyForcibly().onExit().join();
        }
    }

    private String stop() throws IOException, InterruptedException
    {
        final ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "--config", dir.toString(), "stop");
        builder.environment().remove("ZOOPIDFILE");
        final Process script = builder.redirectErrorStream(true).start();
        final String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertEquals(0, script.waitFor(), said);
        return said;
    }
}
