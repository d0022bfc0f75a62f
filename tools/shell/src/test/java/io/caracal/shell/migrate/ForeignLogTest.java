/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests a dataLogDir that belongs to another server. Its zxids may fit, and the result would be a state that never
 * existed.
 */
class ForeignLogTest
{
    @TempDir
    private Path dir;

    @Test
    void shouldRefuseTheLogOfAnotherServer()
    {
        serve("one");
        serve("two");

        final Path data = dir.resolve("one");
        final Path foreign = dir.resolve("two-log");
        refused("backup", dir.resolve("backup"), "--from", data, "--log-dir", foreign);
        refused("export", "--from", data, "--log-dir", foreign, "--to", dir.resolve("export"));
        refused("journal", "verify", data, "--log-dir", foreign);
        assertFalse(Files.exists(dir.resolve("backup")));
        assertFalse(Files.exists(dir.resolve("export")));

        final Path own = dir.resolve("one-log");
        Run.done("backup", dir.resolve("backup"), "--from", data, "--log-dir", own);
        Run.done("export", "--from", data, "--log-dir", own, "--to", dir.resolve("export"));
        Run.done("journal", "verify", data, "--log-dir", own);
    }

    private void refused(final Object... arguments)
    {
        final Run run = Run.of(arguments);
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.err().contains("belongs to another one than"), run.err());
    }

    private void serve(final String name)
    {
        Server.launch(new ServerContext().dataDir(dir.resolve(name)).set("dataLogDir", dir.resolve(name + "-log")
            .toString()).clientPort(0).clientPortAddress("127.0.0.1")).close();
    }
}
