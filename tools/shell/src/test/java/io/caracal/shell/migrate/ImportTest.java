/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import io.caracal.shell.migrate.Clients.Held;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(480)
class ImportTest
{
    @TempDir
    private Path from;

    @TempDir
    private Path to;

    @Test
    void shouldTakeOverEveryKindOfZnodeAndSession() throws Exception
    {
        final List<Held> sessions;
        final Map<String, String> expected;
        final ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(from);
        final World world = new World(zooKeeper.connectString());
        try (world)
        {
            world.build();
            world.sessions(2);
            world.passingSession();
            zooKeeper.snapshot();
            world.create("/later", World.bytes("after the snapshot"));
            sessions = world.sessions(4);
            world.passingSession();
            world.client().setData("/data", World.bytes("last"), -1);
            expected = Clients.dump(world.client());
            zooKeeper.close();
        }

        final Run run = Run.done("import", "--from", from, "--to", to, "--json");
        assertTrue(run.out().contains("\"sessions\":7,\"ephemerals\":12,"), run.out());

        try (Server server = Run.server(to))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            final Map<String, String> found = Clients.dump(client);
            expected.forEach((path, text) -> assertEquals(text, found.get(path), path));
            assertEquals(expected.keySet(), found.keySet());

            resume(server, client, sessions);
            final String next = client.create("/queue/n-", null, Clients.open(), CreateMode.PERSISTENT_SEQUENTIAL);
            assertEquals("/queue/n-0000000020", next);
            client.close();
        }
    }

    /** Resumes sessions with the passwords that ZooKeeper gave them. Their ephemerals are deleted when they close. */
    private static void resume(final Server server, final ZooKeeper client, final List<Held> sessions) throws Exception
    {
        final ZooKeeper resumed = Clients.resume(server.connectString(), sessions.get(0));
        assertEquals(sessions.get(0).id(), resumed.getSessionId());
        assertNotNull(resumed.exists("/live-3", false));
        resumed.close();
        assertNull(client.exists("/live-3", false));
        assertNotNull(client.exists("/live-4", false));

        final ZooKeeper over = Clients.resume(server.connectString(), sessions.get(0));
        assertTrue(!over.getState().isAlive(), "a session that has ended is not resumed");
        over.close();

        final byte[] wrong = sessions.get(1).password().clone();
        wrong[3] ^= 1;
        final ZooKeeper thief = Clients.resume(server.connectString(), new Held(sessions.get(1).id(), wrong));
        assertTrue(!thief.getState().isAlive(), "a wrong password is refused");
        thief.close();
        final ZooKeeper right = Clients.resume(server.connectString(), sessions.get(1));
        assertTrue(right.getState().isAlive());
        right.close();
    }

    @Test
    void shouldSayThatZooKeeperStillRunsAndWhatWouldBeMissing(@TempDir final Path copy,
        @TempDir final Path later) throws Exception
    {
        final ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(from);
        try
        {
            final ZooKeeper client = Clients.connect(zooKeeper.connectString());
            client.create("/a", null, Clients.open(), CreateMode.PERSISTENT);
            final Run beside = Run.done("import", "--from", from, "--to", to);
            assertTrue(beside.out().contains("  note: process " + ProcessHandle.current().pid() + " has " + from),
                beside.out());
            assertTrue(beside.out().contains("what it writes after zxid 0x" + Long.toHexString(zooKeeper.lastZxid()) +
                " is missing here; stop it and import again"), beside.out());
            client.close();
        }
        finally
        {
            zooKeeper.close();
        }

        // An in-process server does not close its log, but no process has this copy open.
        Files.createDirectories(copy.resolve("version-2"));
        for (final String file : List.of("snapshot.0", "log.1"))
        {
            Files.copy(from.resolve("version-2").resolve(file), copy.resolve("version-2").resolve(file));
        }
        final Run alone = Run.done("import", "--from", copy, "--to", later);
        assertTrue(!alone.out().contains("note:"), alone.out());
    }

    @Test
    void shouldRefuseATargetThatHoldsDataAndASourceThatHoldsNone() throws Exception
    {
        Files.createDirectories(to.resolve("caracal-1"));
        final Run empty = Run.of("import", "--from", from, "--to", to);
        assertEquals(1, empty.exitCode(), empty.err());
        assertTrue(empty.err().contains("holds no data of ZooKeeper"), empty.err());

        new ZooKeeperInProcess(from).close();
        final Run full = Run.of("import", "--from", from, "--to", to);
        assertEquals(1, full.exitCode(), full.err());
        assertTrue(full.err().contains("holds data already"), full.err());
    }
}
