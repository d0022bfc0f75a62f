/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CleanupCommandTest
{
    @TempDir
    private Path dir;

    @Test
    void shouldCleanUpUnlessAServerRuns()
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        final CleanupCommand command = new CleanupCommand(print, print);
        final String data = dir.toString();
        assertEquals(2, command.run(data, data, "2"));
        assertEquals(3, command.run(data, data, "3"));
        assertEquals(2, command.run("", "", "3"), "not the working directory");
        try (Server server = Server.launch(new ServerContext().dataDir(dir).clientPort(0)))
        {
            assertEquals(3, command.run(data, data, "3"));
            assertTrue(out.toString(StandardCharsets.UTF_8).contains("autopurge.purgeInterval"));
            assertTrue(server.clientPort() > 0);
        }

        final Path mistyped = dir.resolve("mistyped");
        assertEquals(3, command.run(mistyped.toString(), data, "3"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains(mistyped + " holds no log of Caracal"));
        assertFalse(Files.exists(mistyped));
        assertEquals(0, command.run(data, data, "3"), () -> out.toString(StandardCharsets.UTF_8));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("removed 0 snapshots and 0 segments"));
    }
}
