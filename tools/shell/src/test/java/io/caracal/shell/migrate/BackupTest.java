/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.JournalContext;
import io.caracal.journal.JournalEvents;
import io.caracal.journal.open.OpenJournal;
import io.caracal.server.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(480)
class BackupTest extends BackupFixture
{
    private static final int SNAPSHOTS_KEPT = 3;
    private static final String SUPER_DIGEST = "super:lK75jTNcA+U9vtVEw5vB51mj/w4=";

    /** What the tree was at one transaction. */
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
        try (Server server = administrated(); World world = new World(server.connectString()))
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
            takeSnapshot(server);
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

    /** Checks that the restored server works like any other. */
    private static void world(final ZooKeeper client) throws Exception
    {
        client.setData("/data", World.bytes("after"), -1);
        assertNotNull(client.exists("/mark", false));
    }

    /** Nobody writes after the snapshot, so the first run finds nothing in the log that comes after it. */
    @Test
    void shouldAddToABackupThatEndsWithASnapshot() throws Exception
    {
        final Path backup = dir.resolve("backup");
        try (Server server = administrated(); World world = new World(server.connectString()))
        {
            world.create("/a", World.bytes("alpha"));
            takeSnapshot(server);
            Run.done("backup", backup, "--from", live);
            Run.done("backup", backup, "--from", live);
            world.create("/b", World.bytes("beta"));
        }
        Run.done("backup", backup, "--from", live);
        Run.done("restore", backup, "--to", dir.resolve("to"));
        try (Server server = Run.server(dir.resolve("to")))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            assertNotNull(client.exists("/a", false));
            assertNotNull(client.exists("/b", false));
            client.close();
        }
    }

    /** The backup begins with all that the server has, and the server's log begins there as well. */
    @Test
    void shouldKeepEveryMomentAfterABackupOfARestoredServer() throws Exception
    {
        final Path first = filled();
        final Path restored = dir.resolve("restored");
        final Path backup = dir.resolve("backup-of-restored");
        Run.done("restore", first, "--to", restored);
        Run.done("backup", backup, "--from", restored);
        final long between;
        try (Server server = administrated(restored); World world = new World(server.connectString()))
        {
            world.create("/between", null);
            between = world.client().exists("/between", false).getCzxid();
            world.client().delete("/between", -1);
            takeSnapshot(server);
            world.create("/c", null);
        }
        Run.done("backup", backup, "--from", restored);

        final Path to = dir.resolve("to");
        Run.done("restore", backup, "--to", to, "--to-zxid", Long.toHexString(between));
        try (Server server = Run.server(to))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            assertNotNull(client.exists("/between", false));
            client.close();
        }
    }

    /** Like a start, which passes over a damaged snapshot where an older one and the log hold the same. */
    @Test
    void shouldGoOnWithoutADamagedSnapshot() throws Exception
    {
        final Path backup = dir.resolve("backup");
        try (Server server = administrated(); World world = new World(server.connectString()))
        {
            world.create("/a", World.bytes("alpha"));
            takeSnapshot(server);
            world.create("/b", World.bytes("beta"));
            takeSnapshot(server);
            world.create("/c", World.bytes("gamma"));
        }
        final Path damaged = damageNewestSnapshot(live);
        final Run run = Run.done("backup", backup, "--from", live);
        assertTrue(run.err().contains("passed over: " + damaged + ", offset "), run.err());
        assertFalse(run.err().contains("caracal-1 away"), "nothing has to be done");

        final Path to = dir.resolve("to");
        Run.done("restore", backup, "--to", to);
        try (Server server = Run.server(to))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            for (final String path : List.of("/a", "/b", "/c"))
            {
                assertNotNull(client.exists(path, false), path);
            }
            client.close();
        }
    }

    /** Nothing else holds what the snapshot held. */
    @Test
    void shouldRefuseAServerWhoseOnlySnapshotIsDamaged() throws Exception
    {
        final Path restored = dir.resolve("restored");
        final Path backup = dir.resolve("of-restored");
        Run.done("restore", filled(), "--to", restored);
        final Path damaged = damageNewestSnapshot(restored);
        final Run refused = Run.of("backup", backup, "--from", restored);
        assertEquals(1, refused.exitCode(), refused.err());
        assertTrue(refused.err().contains(damaged + ", offset ") && refused.err().contains("Run this again"),
            refused.err());
        assertFalse(Files.exists(backup), "something was left behind");
    }

    /** What a damaged snapshot held can be had from an older one and the transactions after it. */
    @Test
    void shouldRestoreAllThoughALaterSnapshotOfTheBackupIsDamaged() throws Exception
    {
        final Path backup = dir.resolve("backup");
        try (Server server = administrated(); World world = new World(server.connectString()))
        {
            world.create("/a", World.bytes("alpha"));
            takeSnapshot(server);
            Run.done("backup", backup, "--from", live);
            world.create("/b", World.bytes("beta"));
            takeSnapshot(server);
            world.create("/c", World.bytes("gamma"));
        }
        Run.done("backup", backup, "--from", live);
        final List<Path> snapshots = snapshots(backup);
        assertEquals(2, snapshots.size());
        final Path damaged = damage(snapshots.get(1));

        final Path to = dir.resolve("to");
        final Run run = Run.done("restore", backup, "--to", to);
        assertTrue(run.err().contains("passed over: " + damaged + ", offset "), run.err());
        try (Server server = Run.server(to))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            for (final String path : List.of("/a", "/b", "/c"))
            {
                assertNotNull(client.exists(path, false), path);
            }
            client.close();
        }

        final Path first = damage(snapshots.get(0));
        final Run refused = Run.of("restore", backup, "--to", dir.resolve("refused"));
        assertEquals(1, refused.exitCode(), refused.err());
        assertTrue(refused.err().contains(first + ", offset "), "no log leads to this one: " + refused.err());
    }

    private static Path damageNewestSnapshot(final Path dataDir) throws Exception
    {
        final List<Path> snapshots = snapshots(dataDir.resolve("caracal-1/snapshots"));

        return damage(snapshots.get(snapshots.size() - 1));
    }

    private static List<Path> snapshots(final Path directory) throws Exception
    {
        return names(directory).stream().filter(name -> name.startsWith("snapshot-")).map(directory::resolve).toList();
    }

    private static Path damage(final Path file) throws Exception
    {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;

        return Files.write(file, bytes);
    }

    private Server administrated()
    {
        return administrated(live);
    }

    private static Server administrated(final Path dataDir)
    {
        return Server.launch(Run.context(dataDir).set("admin.enableServer", "true").set("admin.serverPort", "0")
            .set("admin.rateLimiterIntervalInMS", "0").set("DigestAuthenticationProvider.superDigest", SUPER_DIGEST));
    }

    private static void takeSnapshot(final Server server) throws Exception
    {
        final HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() +
            "/commands/snapshot?streaming=false")).timeout(Duration.ofSeconds(60)).header("Authorization",
                "digest super:secret")
            .build();
        assertEquals(200, HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode());
    }

    @Test
    void shouldRestoreToATime() throws Exception
    {
        final Path backup = dir.resolve("backup");
        final long time;
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            time = createdBeforeOthers(world, "/before");
        }
        Run.done("backup", backup, "--from", live);
        assertRestored(backup, time, List.of("/before"), List.of("/after"));
        final Run told = Run.done("restore", backup, "--to", dir.resolve("told"), "--to-time", time, "--json");
        assertTrue(told.out().contains("\"leftOutZxid\":\"0x"), told.out());
        assertTrue(Long.parseLong(told.out().replaceAll("(?s).*\"leftOutTimeMs\":(\\d+).*", "$1")) > time, told.out());
        assertTrue(told.out().contains("\"lastTimeMs\":" + time + ","), told.out());

        final Run later = Run.done("restore", backup, "--to", dir.resolve("later"), "--to-time", time + 3_600_000);
        assertTrue(
            later.out().matches("(?s).*; that is all that " + backup + " holds, its last transaction is of \\d{4}-.*"),
            later.out());
    }

    /** The server has removed what was between, so its newest snapshot is a second beginning. */
    @Test
    void shouldRestoreToATimeOnEitherSideOfHistoryThatIsLost() throws Exception
    {
        final Path backup = dir.resolve("backup");
        final long early;
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            early = createdBeforeOthers(world, "/early");
        }
        Run.done("backup", backup, "--from", live);
        long lost = 0;
        for (int i = 0; i <= SNAPSHOTS_KEPT; i++)
        {
            try (Server server = administrated(); World world = new World(server.connectString()))
            {
                world.create("/lost-" + i, null);
                lost = i == 0 ? world.client().exists("/lost-0", false).getCzxid() : lost;
                takeSnapshot(server);
            }
        }
        purge();
        final long late;
        try (Server server = Run.server(live); World world = new World(server.connectString()))
        {
            world.client().delete("/after", -1);
            late = createdBeforeOthers(world, "/late");
        }
        Run.done("backup", backup, "--from", live);

        assertRestored(backup, early, List.of("/early"), List.of("/after", "/late"));
        assertRestored(backup, late, List.of("/early", "/lost-0", "/late"), List.of("/after"));
        final Run gone = Run.of("restore", backup, "--to", dir.resolve("gone"), "--to-zxid", Long.toHexString(lost));
        assertEquals(1, gone.exitCode(), gone.out());
        final String ways = gone.err()
            .replaceAll("(?s).* are not in the backup: the server had removed them before it " +
                "was taken; --to-zxid ([0-9a-f]+) restores the state before them, --to-zxid ([0-9a-f]+) the next " +
                "one that is there.*", "$1 $2");
        for (final String way : ways.split(" ", -1))
        {
            final Run possible = Run.done("restore", backup, "--to", dir.resolve("way-" + way), "--to-zxid", way);
            assertTrue(possible.out().contains(" at zxid 0x" + way + " "), possible.out());
        }
    }

    /** Creates a znode, and another one a millisecond later at least; returns the time of the first. */
    private static long createdBeforeOthers(final World world, final String path) throws Exception
    {
        world.create(path, null);
        final long time = world.client().exists(path, false).getCtime();
        long later = time;
        while (later <= time)
        {
            later = world.client().setData(path, null, -1).getMtime();
        }
        world.create("/after", null);

        return time;
    }

    private void purge()
    {
        final CompletableFuture<Integer> segments = new CompletableFuture<>();
        final JournalContext context = new JournalContext().dataDir(live).onFailure(segments::completeExceptionally)
            .events(new JournalEvents()
            {
                @Override
                public void onPurged(final int removedSnapshots, final int removedSegments)
                {
                    segments.complete(removedSegments);
                }
            });
        try (OpenJournal journal = OpenJournal.open(context))
        {
            journal.journal().release(Long.MAX_VALUE);
            journal.purge(SNAPSHOTS_KEPT);
            assertTrue(segments.join() > 0, "no history was removed");
        }
    }

    private void assertRestored(final Path backup, final long time, final List<String> there,
        final List<String> missing) throws Exception
    {
        final Path to = dir.resolve("to-" + time);
        Run.done("restore", backup, "--to", to, "--to-time", time);
        try (Server server = Run.server(to))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            for (final String path : there)
            {
                assertNotNull(client.exists(path, false), path);
            }
            for (final String path : missing)
            {
                assertNull(client.exists(path, false), path);
            }
            client.close();
        }
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

    /** The server's log ends before the backup does, but that is not damage. */
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
