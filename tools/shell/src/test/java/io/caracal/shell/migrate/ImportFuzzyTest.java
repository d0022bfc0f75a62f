/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.server.persistence.SnapStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Imports snapshots that ZooKeeper wrote while znodes were created, changed and deleted, in each compression that it
 * supports.
 */
@Timeout(480)
class ImportFuzzyTest
{
    private static final int CHANGES = 1_500;

    @TempDir
    private Path from;

    @TempDir
    private Path to;

    @ParameterizedTest
    @ValueSource(strings = { "", "gz", "snappy" })
    void shouldBringAnInexactImageToTheStateOfTheLog(final String method) throws Exception
    {
        final Random random = new Random(method.length());
        final Map<String, String> expected;
        SnapStream.setStreamMode(SnapStream.StreamMode.fromString(method));
        final ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(from);
        final World world = new World(zooKeeper.connectString());
        try (world)
        {
            world.create("/churn", null);
            world.create("/bulk", null);
            for (int i = 0; i < 300; i++)
            {
                world.create("/bulk/" + i, partlyRepeated(random));
            }
            for (int round = 0; round < 3; round++)
            {
                final CompletableFuture<Void> snapshot = CompletableFuture.runAsync(() -> take(zooKeeper));
                world.churn(random, CHANGES);
                snapshot.get(60, TimeUnit.SECONDS);
            }
            world.passingSession();
            expected = Clients.dump(world.client());
            zooKeeper.close();
        }
        finally
        {
            SnapStream.setStreamMode(SnapStream.StreamMode.CHECKED);
        }

        final Run run = Run.done("import", "--from", from, "--to", to);
        assertTrue(run.out().contains(method.isEmpty() ? "snapshot." : "." + method), run.out());
        try (Server server = Run.server(to))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            final Map<String, String> found = Clients.dump(client);
            expected.forEach((path, text) -> assertEquals(text, found.get(path), path));
            assertEquals(expected.keySet(), found.keySet());
            client.close();
        }
    }

    /** Packed data then has long literals, and copies from near and far. */
    private static byte[] partlyRepeated(final Random random)
    {
        final byte[] data = new byte[1000];
        random.nextBytes(data);
        System.arraycopy(data, 0, data, 400, 300);
        Arrays.fill(data, 800, 1000, (byte)7);

        return data;
    }

    /** ZooKeeper may write znodes in the middle of applying a transaction, together with the digest from before it. */
    @Test
    void shouldTakeAnImageThatIsHalfATransactionAheadOfItsDigest() throws Exception
    {
        final ZooKeeperInProcess zooKeeper = new ZooKeeperInProcess(from);
        final World world = new World(zooKeeper.connectString());
        final Path snapshot;
        try (world)
        {
            world.create("/a", new byte[1]);
            zooKeeper.applyHalf("/a", new byte[2], 1);
            zooKeeper.snapshot();
            snapshot = from.resolve("version-2").resolve("snapshot." + Long.toHexString(zooKeeper.lastZxid()));
            assertTrue(Run.of("import", "--from", from, "--to", to).err().contains("the tree has digest"),
                "without the transaction nothing explains the image");
            world.client().setData("/a", new byte[3], -1);
            zooKeeper.close();
        }

        assertTrue(Run.done("snapshot", "verify", snapshot).out().contains("whole"));
        Run.done("import", "--from", from, "--to", to);
        try (Server server = Run.server(to))
        {
            final ZooKeeper client = Clients.connect(server.connectString());
            assertEquals(3, client.getData("/a", false, null).length);
            client.close();
        }
    }

    private static void take(final ZooKeeperInProcess zooKeeper)
    {
        try
        {
            for (int i = 0; i < 3; i++)
            {
                zooKeeper.snapshot();
            }
        }
        catch (final IOException failure)
        {
            throw new UncheckedIOException(failure);
        }
    }
}
