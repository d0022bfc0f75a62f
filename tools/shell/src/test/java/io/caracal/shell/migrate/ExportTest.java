/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import io.caracal.shell.migrate.Clients.Held;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(480)
class ExportTest
{
    @TempDir
    private Path from;

    @TempDir
    private Path to;

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldWriteWhatAZooKeeperStartsFrom(final boolean isPacked) throws Exception
    {
        final Map<String, String> expected;
        final Server server = Run.server(from);
        final World world = new World(server.connectString());
        try (world)
        {
            world.build();
            world.sessions(3);
            expected = Clients.dump(world.client());
            server.close();
        }

        final Run run = isPacked ? Run.done("export", "--from", from, "--to", to, "--gzip") : Run.done("export",
            "--from", from, "--to", to);
        assertTrue(run.out().contains("4 sessions"), run.out());

        try (ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(to))
        {
            final ZooKeeper client = Clients.connect(zooKeeper.connectString());
            final Map<String, String> found = Clients.dump(client);
            expected.forEach((path, text) -> assertEquals(text, found.get(path), path));
            assertEquals(expected.keySet(), found.keySet());
            client.close();
        }
    }

    /** Goes there and back again: the second ZooKeeper has what the first one had, and its sessions go on. */
    @Test
    void shouldGiveBackWhatWasImported(@TempDir final Path first) throws Exception
    {
        final List<Held> sessions;
        final Map<String, String> expected;
        final ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(first);
        final World world = new World(zooKeeper.connectString());
        try (world)
        {
            world.build();
            sessions = world.sessions(2);
            expected = Clients.dump(world.client());
            zooKeeper.close();
        }
        Run.done("import", "--from", first, "--to", from);
        Run.done("export", "--from", from, "--to", to);

        try (ZooKeeperInProcess second = new ZooKeeperInProcess(to))
        {
            final ZooKeeper client = Clients.connect(second.connectString());
            assertEquals(expected, Clients.dump(client));
            final ZooKeeper resumed = Clients.resume(second.connectString(), sessions.get(1));
            assertNotNull(client.exists("/live-2", false));
            resumed.close();
            assertNull(client.exists("/live-2", false));
            client.close();
        }
    }

    /** The snapshot may be all there is, or its log may lie elsewhere and would be lost. Only a person knows which. */
    @Test
    void shouldImportASnapshotWithoutALogOnlyWhenToldSo(@TempDir final Path again) throws Exception
    {
        try (Server server = Run.server(from); World world = new World(server.connectString()))
        {
            world.create("/a", null);
        }
        Run.done("export", "--from", from, "--to", to);

        final Run alone = Run.of("import", "--from", to, "--to", again);
        assertEquals(1, alone.exitCode(), alone.err());
        assertTrue(alone.err().contains("--log-dir"), alone.err());
        final Run told = Run.done("import", "--from", to, "--log-dir", to, "--to", again);
        assertTrue(told.out().contains("and 0 transactions after it"), told.out());
    }

    @Test
    void shouldRefuseTheDirectoryOfARunningServerAndATargetThatHoldsData() throws Exception
    {
        try (Server server = Run.server(from))
        {
            assertNotNull(server.connectString());
            final Run busy = Run.of("export", "--from", from, "--to", to);
            assertEquals(3, busy.exitCode(), busy.err());
            assertTrue(busy.err().contains("in use by a server"), busy.err());
        }

        Run.done("export", "--from", from, "--to", to);
        final Run full = Run.of("export", "--from", from, "--to", to);
        assertEquals(1, full.exitCode(), full.err());
        assertTrue(full.err().contains("holds data already"), full.err());
    }
}
