/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.disk.DirectoryLock;
import io.caracal.journal.offline.StoredData;
import io.caracal.server.Server;
import io.caracal.server.offline.Backup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BackupTest
{
    @TempDir
    private Path live;

    @TempDir
    private Path dir;

    /** What the tree was at some transaction. */
    private record Moment(long zxid, Map<String, String> tree)
    {
    }

    private static Moment moment(final World world) throws Exception
    {
        world.create("/mark", null);
        final Stat stat = world.client().exists("/mark", false);
        final Map<String, String> tree = Clients.dump(world.client());

        return new Moment(stat.getCzxid(), tree);
    }

    @Test
    void shouldGiveBackEveryMomentOfAServerThatGoesOn() throws Exception
    {
        final Path backup = dir.resolve("backup");
        final List<Moment> moments = new ArrayList<>();
        final Random random = new Random(3);
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.build();
            world.create("/churn", null);
            for (int round = 0; round < 4; round++)
            {
                world.churn(random, 400);
                moments.add(moment(world));
                world.client().delete("/mark", -1);
                world.churn(random, 50);
                Run.done("backup", backup, "--from", live);
            }
            world.churn(random, 50);
            final Run last = Run.done("backup", backup, "--from", live, "--json");
            assertTrue(last.out().contains("\"firstZxid\":\"0x0\""), last.out());
        }

        for (int i = 0; i < moments.size(); i++)
        {
            final Moment moment = moments.get(i);
            final Path to = dir.resolve("restored-" + i);
            Run.done("restore", backup, "--to", to, "--to-zxid", Long.toHexString(moment.zxid));
            try (Server server = Run.server(to))
            {
                final ZooKeeper client = Clients.connect(server.connectString());
                final Map<String, String> found = Clients.dump(client);
                moment.tree.forEach((path, text) -> assertEquals(text, found.get(path), path));
                assertEquals(moment.tree.keySet(), found.keySet());
                world(client);
                client.close();
            }
        }
    }

    /** It is a server like any other. */
    private static void world(final ZooKeeper client) throws Exception
    {
        client.setData("/data", World.bytes("after"), -1);
        assertNotNull(client.exists("/mark", false));
    }

    @Test
    void shouldRestoreToATime() throws Exception
    {
        final Path backup = dir.resolve("backup");
        final long time;
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create("/before", null);
            time = world.client().exists("/before", false).getCtime();
            long later = time;
            for (int i = 0; later <= time; i++)
            {
                world.create("/later-" + i, null);
                later = world.client().exists("/later-" + i, false).getCtime();
            }
            world.create("/last", null);
        }
        Run.done("backup", backup, "--from", live);
        final Path to = dir.resolve("to");
        Run.done("restore", backup, "--to", to, "--to-time", time);
        try (Server server = Run.server(to))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            assertNotNull(client.exists("/before", false));
            assertNull(client.exists("/last", false));
            client.close();
        }
    }

    private Path filled() throws Exception
    {
        final Path backup = dir.resolve("backup");
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create("/a", World.bytes("alpha"));
        }
        Run.done("backup", backup, "--from", live);

        return backup;
    }

    private static Path log(final Path backup) throws Exception
    {
        try (Stream<Path> files = Files.list(backup))
        {
            return files.filter(file -> file.getFileName().toString().startsWith("log-")).collect(Collectors.toList())
                .get(0);
        }
    }

    @Test
    void shouldRefuseADamagedBackupByName() throws Exception
    {
        final Path backup = filled();
        final Path log = log(backup);
        final byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        final Run run = Run.of("restore", backup, "--to", dir.resolve("to"));
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.err().contains(log + ", offset "), run.err());
        assertFalse(run.err().contains("Restore the data directory"), run.err());

        final Path catalog = backup.resolve("catalog");
        final byte[] sound = Files.readAllBytes(catalog);
        for (final int bit : new int[]{ 1, 0x80 })
        {
            final byte[] unsound = sound.clone();
            unsound[unsound.length / 2] ^= (byte)bit;
            Files.write(catalog, unsound);
            final Run damaged = Run.of("restore", backup, "--to", dir.resolve("to"));
            assertEquals(1, damaged.exitCode(), damaged.err());
            assertTrue(damaged.err().contains(catalog + " is damaged"), damaged.err());
        }

        Files.write(catalog, sound);
        Files.delete(log);
        final Run missing = Run.of("restore", backup, "--to", dir.resolve("to"));
        assertEquals(1, missing.exitCode(), missing.err());
        assertTrue(missing.err().contains(log + " is missing"), missing.err());
    }

    @Test
    void shouldRefuseAPointBeyondTheEndAndTheBackupOfAnotherServer(@TempDir final Path other) throws Exception
    {
        final Path backup = filled();
        final Run beyond = Run.of("restore", backup, "--to", dir.resolve("to"), "--to-zxid", "ffff00000000");
        assertEquals(1, beyond.exitCode(), beyond.err());
        assertTrue(beyond.err().contains("the backup ends at zxid"), beyond.err());

        try (Server server = Run.server(other); World world = new World(server.connectString()))
        {
            world.create("/x", null);
            world.create("/y", null);
            world.create("/z", null);
        }
        final Run foreign = Run.of("backup", backup, "--from", other);
        assertEquals(1, foreign.exitCode(), foreign.err());
        assertTrue(foreign.err().contains("which this server does not have"), foreign.err());
    }

    /** Its log ends before the backup does, which is no damage. */
    @Test
    void shouldRefuseTheBackupOfAServerThatHeldMore(@TempDir final Path other) throws Exception
    {
        final Path backup = filled();
        try (Server server = Run.server(other))
        {
            assertTrue(server.clientPort() > 0);
        }
        final Run foreign = Run.of("backup", backup, "--from", other);
        assertEquals(1, foreign.exitCode(), foreign.err());
        assertTrue(foreign.err().contains("which this server does not have"), foreign.err());
    }

    /** As it lies in a data directory, under any name. */
    private Path snapshot() throws Exception
    {
        final Path backup = filled();
        try (Stream<Path> files = Files.list(live.resolve("caracal-1/snapshots")))
        {
            final Path last = files.filter(file -> file.getFileName().toString().startsWith("snapshot-")).max(Comparator
                .naturalOrder()).orElseGet(() -> written(backup));
            return Files.copy(last, dir.resolve("sent-by-mail"));
        }
    }

    /** What a restore of the backup has written. */
    private Path written(final Path backup)
    {
        Run.done("restore", backup, "--to", dir.resolve("first"));
        try (Stream<Path> files = Files.list(dir.resolve("first/caracal-1/snapshots")))
        {
            return files.filter(file -> file.getFileName().toString().startsWith("snapshot-")).findFirst()
                .orElseThrow();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void shouldRestoreOneSnapshot() throws Exception
    {
        final Path file = snapshot();
        assertTrue(Run.done("snapshot", "verify", file).out().contains(": whole, zxid 0x"), "under any name");
        final Path to = dir.resolve("to");
        final Run run = Run.done("restore", file, "--to", to);
        assertTrue(run.out().contains("to " + to + "; start the server with dataDir=" + to), run.out());
        try (Server server = Run.server(to))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            assertArrayEquals(World.bytes("alpha"), client.getData("/a", false, null));
            client.create("/b", World.bytes("beta"), client.getACL("/a", null), CreateMode.PERSISTENT);
            client.close();
        }
    }

    @Test
    void shouldRefuseAFileThatIsNoWholeSnapshot() throws Exception
    {
        final Path file = snapshot();
        final Run moment = Run.of("restore", file, "--to", dir.resolve("to"), "--to-zxid", "1");
        assertEquals(2, moment.exitCode());
        assertTrue(moment.err().contains("leave --to-zxid and --to-time out"), moment.err());

        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertRefused(file + ", offset ", file, "--to", dir.resolve("to"));
        assertRefused("name another snapshot file", file, "--to", dir.resolve("to"));

        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(file.toString(), file, "--to", dir.resolve("to"));

        Files.writeString(file, "no snapshot at all, but as long as the head of one is, or even somewhat longer");
        assertRefused("does not begin as a snapshot of Caracal does", file, "--to", dir.resolve("to"));

        Files.writeString(file, "ZKSN and so on");
        assertRefused("caracal import --from", file, "--to", dir.resolve("to"));

        assertRefused("there is no " + dir.resolve("nowhere"), dir.resolve("nowhere"), "--to", dir.resolve("to"));
        assertFalse(Files.exists(dir.resolve("to/caracal-1/manifest")), "a server could start with what was refused");
    }

    private static void assertRefused(final String reason, final Object... args)
    {
        final Object[] words = new Object[args.length + 1];
        words[0] = "restore";
        System.arraycopy(args, 0, words, 1, args.length);
        final Run run = Run.of(words);
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.err().contains(reason), run.err());
    }

    /** A disk that fills up, for one: the catalog is written last. */
    @Test
    void shouldLeaveNothingBehindThatNoCatalogNames() throws Exception
    {
        final Path backup = dir.resolve("backup");
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.build();
            Files.createDirectories(backup.resolve("catalog.tmp"));
            final Run failed = Run.of("backup", backup, "--from", live);
            assertEquals(1, failed.exitCode(), failed.err());
            try (Stream<Path> files = Files.list(backup))
            {
                assertEquals(List.of(backup.resolve("catalog.tmp")), files.toList());
            }

            Files.delete(backup.resolve("catalog.tmp"));
            Run.done("backup", backup, "--from", live);
        }

        Run.done("restore", backup, "--to", dir.resolve("to"));
    }

    /** Ctrl-C is enough, and a large snapshot takes long. */
    @Test
    void shouldRemoveWhatAKilledRunHasLeftAndNothingElse() throws Exception
    {
        final Path backup = dir.resolve("backup");
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.create("/a", World.bytes("alpha"));
        }
        final Path killed = dir.resolve("killed");
        try (StoredData data = StoredData.open(DataDirs.layout(live, null)))
        {
            new Backup(data, backup, count -> copy(backup, killed)).run();
        }
        final List<String> left = names(killed);
        assertTrue(left.remove("unfinished"), left::toString);
        assertFalse(left.isEmpty());
        assertTrue(Files.readAllLines(killed.resolve("unfinished")).containsAll(left), left::toString);
        final List<String> named = names(backup);
        Run.done("backup", killed, "--from", live);
        assertEquals(named, names(killed));

        final String stray = "snapshot-00000000000000ff";
        final String other = "snapshot-00000000000000fe";
        Files.writeString(dir.resolve(stray), "of somebody else");
        for (final String name : List.of(stray, other))
        {
            Files.writeString(backup.resolve(name), "half of it");
        }
        Files.write(backup.resolve("unfinished"), List.of(stray, log(backup).getFileName().toString(), "../" + stray,
            "catalog"));
        Run.done("backup", backup, "--from", live);

        final List<String> now = names(backup);
        assertTrue(now.remove(other), now::toString);
        assertEquals(named, now);
        assertTrue(Files.exists(dir.resolve(stray)));
        Run.done("restore", backup, "--to", dir.resolve("to"));
    }

    private static void copy(final Path from, final Path to)
    {
        try
        {
            Files.createDirectories(to);
            for (final String name : names(from))
            {
                // Whoever closes a file gives up all locks that the process has on it.
                if (!"lock".equals(name))
                {
                    Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static List<String> names(final Path directory) throws IOException
    {
        try (Stream<Path> files = Files.list(directory))
        {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    @Test
    void shouldRefuseASecondRunAtTheSameMoment() throws Exception
    {
        final Path backup = filled();
        try (DirectoryLock lock = DirectoryLock.tryLock(backup.resolve("lock")))
        {
            assertNotNull(lock);
            final Run second = Run.of("backup", backup, "--from", live);
            assertEquals(3, second.exitCode(), second.err());
            assertTrue(second.err().contains("another backup is being written to " + backup), second.err());
        }

        Run.done("backup", backup, "--from", live);
    }

    @Test
    void shouldRefuseToBackUpAServerThatHasNothingYet() throws Exception
    {
        final Path backup = dir.resolve("backup");
        try (Server server = Run.server(live))
        {
            assertTrue(server.clientPort() > 0);
            final Run early = Run.of("backup", backup, "--from", live);
            assertEquals(1, early.exitCode(), early.err());
            assertTrue(early.err().contains("nothing yet that a backup could give back"), early.err());
            assertFalse(Files.exists(backup), "a backup of nothing was left behind");
            try (World world = new World(server.connectString()))
            {
                world.create("/a", World.bytes("alpha"));
            }
        }

        Run.done("backup", backup, "--from", live);
        Run.done("restore", backup, "--to", dir.resolve("to"));
    }
}
