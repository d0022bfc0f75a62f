/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

@Timeout(480)
class BackupPlaceTest
{
    @TempDir
    private Path live;

    @TempDir
    private Path dir;

    /** A failed run in that place would remove the server's snapshot as if it were its own. */
    @Test
    void shouldRefuseADirectoryOfTheServerItself() throws Exception
    {
        serverWithAZnode();
        final Path home = live.resolve("caracal-1");
        final Path link = Files.createSymbolicLink(dir.resolve("link"), home);
        final List<Path> files = files(home);
        for (final Path inside : List.of(home, home.resolve("snapshots"), home.resolve("a/b"),
            link.resolve("segments")))
        {
            final Run run = Run.of("backup", inside, "--from", live);
            assertEquals(1, run.exitCode(), run.err());
            assertTrue(run.err().contains(inside + " lies within " + home), run.err());
        }

        assertEquals(files, files(home));
        assertFalse(Files.exists(home.resolve("a")));
        Run.done("backup", live.resolve("backups"), "--from", live);
    }

    /** Resolved as the system does it: the parent of a link is the parent of its target. */
    @Test
    void shouldRefuseADirectoryOfTheServerThatIsReachedByALinkAndBack() throws Exception
    {
        serverWithAZnode();
        final Path home = live.resolve("caracal-1");
        final List<Path> files = files(home);
        final Path link = Files.createSymbolicLink(dir.resolve("link"), home.resolve("snapshots"));
        for (final String inside : List.of("../x", "../segments", "../../caracal-1/x/../y"))
        {
            final Run run = Run.of("backup", link.resolve(inside), "--from", live);
            assertEquals(1, run.exitCode(), run.err());
            assertTrue(run.err().contains(link.resolve(inside) + " lies within " + home), run.err());
        }
        assertEquals(files, files(home));

        Run.done("backup", link.resolve("../../backups"), "--from", live);
        assertTrue(Files.exists(live.resolve("backups/lock")));
    }

    @Test
    void shouldReadAndWriteWhereAPathLeadsThatGoesBackBehindALink() throws Exception
    {
        serverWithAZnode();
        final Path far = Files.createDirectories(dir.resolve("far/away"));
        final Path link = Files.createSymbolicLink(dir.resolve("link"), far);
        final Path source = Files.createSymbolicLink(far.resolveSibling("source"), live);
        assertTrue(Files.isSameFile(source, link.resolve("../source")));

        Run.done("backup", link.resolve("../backup"), "--from", link.resolve("../source"));
        Run.done("restore", link.resolve("../backup"), "--to", link.resolve("../restored"));
        Run.done("export", "--from", link.resolve("../source"), "--to", link.resolve("../exported"));
        Run.done("import", "--from", link.resolve("../exported"), "--log-dir", link.resolve("../exported"), "--to",
            link.resolve("../imported"));

        assertEquals(List.of("away", "backup", "exported", "imported", "restored", "source"),
            names(dir.resolve("far")));
        assertEquals(List.of("far", "link"), names(dir));
        for (final String made : List.of("restored", "imported"))
        {
            try (Server server = Run.server(link.resolve("..").resolve(made));
                World world = new World(server.connectString()))
            {
                assertArrayEquals(World.bytes("alpha"), world.client().getData("/a", false, null));
            }
        }
    }

    /** version-N holds data of ZooKeeper, caracal-N that of another version of Caracal. */
    @Test
    void shouldRefuseANameThatMeansDataBesideThatOfTheServer() throws Exception
    {
        serverWithAZnode();
        for (final String name : List.of("version-2", "version-2/b", "caracal-2", "caracal-10/x"))
        {
            final Run run = Run.of("backup", live.resolve(name), "--from", live);
            assertEquals(1, run.exitCode(), run.err());
            assertTrue(run.err().contains(live.resolve(name) + " would be taken for data of a server"), run.err());
        }
        assertEquals(List.of("caracal-1"), names(live));

        Run.done("backup", live.resolve("of-version-2"), "--from", live);
    }

    private void serverWithAZnode() throws Exception
    {
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create("/a", World.bytes("alpha"));
        }
    }

    private static List<String> names(final Path directory) throws IOException
    {
        try (Stream<Path> entries = Files.list(directory))
        {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static List<Path> files(final Path home) throws IOException
    {
        try (Stream<Path> files = Files.walk(home))
        {
            return files.sorted().toList();
        }
    }
}
