/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole server that removes old history: three snapshots stay, and no data is lost. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PurgeTest
{
    private static final int TIMEOUT_MS = 30_000;
    private static final int KEPT = 3;
    private static final List<ACL> OPEN = Collections.singletonList(new ACL(31, new Id("world", "anyone")));

    @TempDir
    private Path dir;

    @Test
    void shouldKeepThreeSnapshotsAndAllData() throws Exception
    {
        final int znodes;
        try (Server server = Server.launch(context().set("snapCount", "10")))
        {
            znodes = writeUntilThereAreMore(server);
        }

        try (Server server = Server.launch(context().set("autopurge.purgeInterval", "1")))
        {
            assertEquals(znodes, count(server));
            awaitSnapshots(KEPT);
        }

        try (Server server = Server.launch(context()))
        {
            assertEquals(znodes, count(server));
        }
    }

    private int writeUntilThereAreMore(final Server server) throws Exception
    {
        final ZooKeeper client = OfficialClient.connect(server.connectString());
        int znodes = 0;
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (snapshots() <= KEPT && System.nanoTime() - deadlineNs < 0)
        {
            client.create("/n" + znodes++, new byte[100], OPEN, CreateMode.PERSISTENT);
        }

        client.close();
        assertTrue(snapshots() > KEPT, "no snapshots in " + znodes + " writes");
        return znodes;
    }

    /** Counts the znodes without the three that were there before anything was written. */
    private static int count(final Server server) throws Exception
    {
        final ZooKeeper client = OfficialClient.connect(server.connectString());
        final int count = client.getAllChildrenNumber("/") - 3;
        client.close();
        return count;
    }

    private void awaitSnapshots(final int wanted) throws IOException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (snapshots() != wanted)
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, snapshots() + " snapshots stay");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private long snapshots() throws IOException
    {
        try (Stream<Path> files = Files.list(dir.resolve("caracal-1").resolve("snapshots")))
        {
            return files.filter(file -> !file.toString().endsWith(".tmp")).count();
        }
    }

    private ServerContext context()
    {
        return new ServerContext().dataDir(dir).clientPort(0).clientPortAddress("127.0.0.1");
    }
}
