/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import io.caracal.server.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the commands that inspect files: of a running server, of a stopped one, and of ZooKeeper. */
@Timeout(480)
class InspectTest
{
    @TempDir
    private Path dir;

    @TempDir
    private Path from;

    private static Path snapshot(final Path home, final String prefix) throws Exception
    {
        try (Stream<Path> files = Files.list(home))
        {
            final List<Path> found = files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted()
                .collect(Collectors.toList());

            return found.get(found.size() - 1);
        }
    }

    @Test
    void shouldTellWhatIsInTheLogOfARunningAndOfAStoppedServer() throws Exception
    {
        try (Server server = Run.server(dir); World world = new World(server.connectString()))
        {
            world.build();
            final Run dump = Run.done("journal", "dump", dir);
            assertTrue(dump.out().contains(" create /data/empty 0 bytes"), dump.out());
            assertTrue(dump.out().contains(" multi create /m1 1 bytes; "), dump.out());
            assertTrue(Run.done("journal", "stat", dir, "--json").out().contains("\"createSession\":{\"count\":1,"));
        }

        final Run verify = Run.done("journal", "verify", dir);
        assertTrue(verify.out().startsWith("whole: "), verify.out());
        final Run some = Run.done("journal", "dump", dir, "--json", "--from-zxid", "100000003", "--to-zxid",
            "0x100000004");
        assertEquals(2, some.out().lines().count(), some.out());
        final Run stat = Run.done("journal", "stat", dir);
        assertTrue(stat.out().contains("  setData "), stat.out());
        assertTrue(stat.out().contains("segment "), stat.out());
        for (final String none : List.of("zebra", "-1", "ffffffffffffffff", "0x"))
        {
            final Run refused = Run.of("journal", "dump", dir, "--from-zxid", none);
            assertEquals(2, refused.exitCode(), refused.out() + refused.err());
            assertTrue(refused.err().contains(none + " is no zxid in hexadecimal digits"), refused.err());
        }
        assertEquals(2, Run.of("journal").exitCode());
    }

    @Test
    void shouldTellItsVersionAndExplainItself()
    {
        assertEquals("Caracal " + Version.caracal() + "\n", Run.done("import", "-V").out());
        assertEquals("Caracal " + Version.caracal() + "\n", Run.done("journal", "dump", "--version").out());
        assertTrue(Run.done("snapshot", "compare", "--help").out().startsWith("Usage: caracal snapshot compare "));
    }

    @Test
    void shouldRefuseADamagedLogByFileAndOffset() throws Exception
    {
        try (Server server = Run.server(dir); World world = new World(server.connectString()))
        {
            world.create("/a", World.bytes("alpha beta gamma"));
            world.create("/b", World.bytes("delta"));
        }
        final Path segment;
        try (Stream<Path> files = Files.walk(dir.resolve("caracal-1/segments")))
        {
            segment =
                files.filter(file -> file.toString().endsWith(".cq4")).sorted().collect(Collectors.toList()).get(0);
        }
        final byte[] bytes = Files.readAllBytes(segment);
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("alpha beta")] ^= 1;
        Files.write(segment, bytes);

        final Run verify = Run.of("journal", "verify", dir);
        assertEquals(1, verify.exitCode(), verify.out() + verify.err());
        assertTrue(verify.err().contains(segment + ", offset "), verify.err());
    }

    @Test
    void shouldCompareAndSumUpSnapshotsOfBothKinds() throws Exception
    {
        final ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(from);
        final Path first;
        final World world = new World(zooKeeper.connectString());
        try (world)
        {
            world.build();
            zooKeeper.snapshot();
            first = snapshot(from.resolve("version-2"), "snapshot.");
            world.create("/extra", new byte[5000]);
            world.create("/extra/below", new byte[100]);
            world.client().setData("/secret", World.bytes("changed"), -1);
            zooKeeper.snapshot();
            zooKeeper.close();
        }
        final Path second = snapshot(from.resolve("version-2"), "snapshot.");
        Run.done("import", "--from", from, "--to", dir);

        final Run same = Run.done("snapshot", "compare", "-l", second, "-r", dir);
        assertTrue(same.out().contains("no difference"), same.out());
        final Run different = Run.of("snapshot", "compare", "-l", first, "-r", dir);
        assertEquals(1, different.exitCode(), different.err());
        assertTrue(different.out().contains("/extra: only on the right; znodes 0 and 2, bytes 0 and 5100"),
            different.out());
        assertTrue(different.out().contains("/secret: data differs"), different.out());
        final Run coarse = Run.of("snapshot", "compare", "-l", first, "-r", dir, "-b", "1000");
        assertTrue(coarse.out().contains("/extra") && !coarse.out().contains("/secret"), coarse.out());

        assertTrue(Run.done("snapshot", "verify", dir, "--json").out().contains("\"whole\":true"));
        assertTrue(Run.done("snapshot", "verify", second).out().contains(": whole, zxid 0x"));
        final Run missing = Run.of("snapshot", "verify", dir.resolve("nowhere"));
        assertEquals(3, missing.exitCode());
        assertTrue(missing.err().contains("does not exist"), missing.err());
        final Run summary = Run.done("snapshot", "summary", dir, "/extra", "1");
        assertTrue(summary.out().contains("/extra  znodes below: 1, bytes: 5100"), summary.out());
        assertEquals(2, summary.out().lines().count(), summary.out());
        final Run dump = Run.done("snapshot", "dump", second, "-d", "--json");
        assertTrue(dump.out().contains("{\"path\":\"/data\",\"czxid\":"), dump.out());
        assertTrue(dump.out().contains("\"acl\":\"digest:ann:"), dump.out());
        assertTrue(dump.out().contains("{\"session\":\"0x"), dump.out());
    }
}
