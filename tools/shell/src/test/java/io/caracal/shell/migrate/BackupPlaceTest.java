/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BackupPlaceTest
{
    @TempDir
    private Path live;

    @TempDir
    private Path dir;

    /** A run that failed there would remove the snapshot of the server as its own. */
    @Test
    void shouldRefuseADirectoryOfTheServerItself() throws Exception
    {
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create("/a", World.bytes("alpha"));
        }
        final Path home = live.resolve("caracal-1");
        final Path link = Files.createSymbolicLink(dir.resolve("link"), home);
        final List<Path> files = files(home);
        for (final Path inside : List.of(home, home.resolve("snapshots"), home.resolve("a/b"), link.resolve(
            "segments")))
        {
            final Run run = Run.of("backup", inside, "--from", live);
            assertEquals(1, run.exitCode(), run.err());
            assertTrue(run.err().contains(inside + " lies within " + home), run.err());
        }

        assertEquals(files, files(home));
        assertFalse(Files.exists(home.resolve("a")));
        Run.done("backup", live.resolve("backups"), "--from", live);
    }

    private static List<Path> files(final Path home) throws IOException
    {
        try (Stream<Path> files = Files.walk(home))
        {
            return files.sorted().toList();
        }
    }
}
