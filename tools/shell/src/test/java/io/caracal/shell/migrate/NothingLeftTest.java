/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A command that creates a directory and then fails leaves nothing of it. The next command finds what was there before.
 */
@Timeout(480)
class NothingLeftTest
{
    /** A zxid beyond the end of every backup here. */
    private static final String BEYOND = "ffffffffffff";

    @TempDir
    private Path dir;

    private Path live() throws Exception
    {
        final Path live = dir.resolve("live");
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create("/a", World.bytes("alpha"));
            world.create("/b", World.bytes("beta"));
        }

        return live;
    }

    /** Flips a bit in a file whose name contains the given text. */
    private static void damage(final Path home, final String name) throws IOException
    {
        try (Stream<Path> files = Files.walk(home))
        {
            for (final Path file : files.filter(each -> each.getFileName().toString().contains(name)).toList())
            {
                final byte[] bytes = Files.readAllBytes(file);
                final int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("alpha");
                if (at >= 0)
                {
                    bytes[at] ^= 1;
                    Files.write(file, bytes);
                    return;
                }
            }
        }

        throw new AssertionError("no file " + name + " holds it in " + home);
    }

    private void assertLeft(final String... names) throws IOException
    {
        try (Stream<Path> entries = Files.list(dir))
        {
            assertEquals(List.of(names), entries.map(entry -> entry.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void shouldLeaveNoDirectoryOfARestoreThatIsRefused() throws Exception
    {
        final Path live = live();
        Run.done("backup", dir.resolve("backup"), "--from", live);
        final Run tooFar = Run.of("restore", dir.resolve("backup"), "--to", dir.resolve("new/deep/data"),
            "--to-log-dir",
            dir.resolve("log/deep"), "--to-zxid", BEYOND);
        assertEquals(1, tooFar.exitCode(), tooFar.err());
        assertTrue(tooFar.err().contains("the backup ends at zxid"), tooFar.err());
        assertLeft("backup", "live");

        damage(dir.resolve("backup"), "log-");
        final Run damaged = Run.of("restore", dir.resolve("backup"), "--to", dir.resolve("data"));
        assertEquals(1, damaged.exitCode(), damaged.err());
        assertLeft("backup", "live");
    }

    @Test
    void shouldLeaveTheDirectoriesThatWereThereBefore() throws Exception
    {
        final Path live = live();
        Run.done("backup", dir.resolve("backup"), "--from", live);
        Files.createDirectories(dir.resolve("there/before"));
        Run.of("restore", dir.resolve("backup"), "--to", dir.resolve("there/before/data"), "--to-zxid", BEYOND);

        assertTrue(Files.isDirectory(dir.resolve("there/before")));
        assertFalse(Files.exists(dir.resolve("there/before/data")));
        Files.createDirectories(dir.resolve("there/before/data"));
        Run.of("restore", dir.resolve("backup"), "--to", dir.resolve("there/before/data"), "--to-zxid", BEYOND);
        assertTrue(Files.isDirectory(dir.resolve("there/before/data")));
        Run.done("restore", dir.resolve("backup"), "--to", dir.resolve("there/before/data"));
    }

    @Test
    void shouldLeaveNoDirectoryOfAnImportThatIsRefused() throws Exception
    {
        final Path from = dir.resolve("zookeeper");
        final ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(from);
        try (World world = new World(zooKeeper.connectString()))
        {
            world.create("/a", World.bytes("alpha"));
            zooKeeper.snapshot();
            world.create("/b", World.bytes("beta"));
            world.create("/c", World.bytes("gamma"));
            zooKeeper.close();
        }
        Run.done("import", "--from", from, "--to", dir.resolve("good"));
        try (Stream<Path> files = Files.list(from.resolve("version-2")))
        {
            for (final Path log : files.filter(file -> file.getFileName().toString().startsWith("log.")).toList())
            {
                Files.delete(log);
            }
        }
        final Run run = Run.of("import", "--from", from, "--to", dir.resolve("new/data"));

        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.err().contains("no log lies beside"), run.err());
        assertLeft("good", "zookeeper");
    }

    @Test
    void shouldLeaveNothingOfAnExportThatIsRefused() throws Exception
    {
        final Path live = live();
        damage(live, ".cq4");
        final Run run = Run.of("export", "--from", live, "--to", dir.resolve("new/zookeeper"));

        assertEquals(1, run.exitCode(), run.out() + run.err());
        assertLeft("live");
    }

    /** Each typing mistake is reported for what it is, and has no effect. */
    @Test
    void shouldSayWhatIsWrongWithATarget() throws Exception
    {
        final Path live = live();
        final Path file = Files.writeString(dir.resolve("file"), "no directory");
        Run.done("backup", dir.resolve("backup"), "--from", live);

        assertSaid(1, "file is there already and is no directory; name another one", "backup", file, "--from", live);
        assertSaid(1, "would lie in what is no directory; name another place", "export", "--from", live, "--to", file);
        assertSaid(1, "file is there already and is no directory; name another one", "restore", dir.resolve("backup"),
            "--to", file);
        assertSaid(2, "-1 is no zxid in hexadecimal digits", "restore", dir.resolve("backup"), "--to",
            dir.resolve("new"), "--to-zxid", "-1");
        assertSaid(2, "+292278995-01-01T00:00:00Z is no time as ", "restore", dir.resolve("backup"), "--to",
            dir.resolve("new"), "--to-time", "+292278995-01-01T00:00:00Z");
        assertEquals("no directory", Files.readString(file));
        assertLeft("backup", "file", "live");
    }

    private static void assertSaid(final int exitCode, final String text, final Object... args)
    {
        final Run run = Run.of(args);
        assertEquals(exitCode, run.exitCode(), run.out() + run.err());
        assertTrue(run.err().contains(text), run.err());
    }
}
