/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.SharedServers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.data.ACL;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests watches of all kinds through the official client. */
@ExtendWith(SharedServers.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OfficialWatchTest
{
    private static final List<ACL> OPEN = Official.OPEN;

    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFireOnceAndThenNoMore(final ServerKind kind) throws Exception
    {
        try (Official watching = Official.connect(SharedServers.of(kind));
            Official writer = Official.connect(SharedServers.of(kind)))
        {
            final Watched exists = new Watched();
            final Watched data = new Watched();
            final Watched children = new Watched();
            watching.exists("/watched", exists);
            writer.create("/watched", null, OPEN, CreateMode.PERSISTENT);
            assertEquals("NodeCreated /watched", exists.next());

            watching.getData("/watched", data, null);
            watching.getChildren("/watched", children);
            writer.create("/watched/a", null, OPEN, CreateMode.PERSISTENT);
            assertEquals("NodeChildrenChanged /watched", children.next());
            writer.setData("/watched", null, -1);
            assertEquals("NodeDataChanged /watched", data.next());

            writer.setData("/watched", null, -1);
            writer.delete("/watched/a", -1);
            watching.sync("/watched");
            watching.getChildren("/watched", children);
            watching.exists("/watched", exists);
            writer.delete("/watched", -1);
            assertEquals("NodeDeleted /watched", children.next());
            assertEquals("NodeDeleted /watched", exists.next());
            watching.awaitEvents("/watched");
            assertTrue(data.isEmpty() && children.isEmpty() && exists.isEmpty(), "fired more than once");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldKeepPersistentAndRecursiveWatches(final ServerKind kind) throws Exception
    {
        try (Official watching = Official.connect(SharedServers.of(kind));
            Official writer = Official.connect(SharedServers.of(kind)))
        {
            final Watched persistent = new Watched();
            final Watched recursive = new Watched();
            watching.addWatch("/standing", persistent, AddWatchMode.PERSISTENT);
            watching.addWatch("/standing", recursive, AddWatchMode.PERSISTENT_RECURSIVE);
            writer.create("/standing", null, OPEN, CreateMode.PERSISTENT);
            writer.create("/standing/a", null, OPEN, CreateMode.PERSISTENT);
            writer.create("/standing/a/b", null, OPEN, CreateMode.PERSISTENT);
            writer.setData("/standing/a/b", null, -1);
            writer.setData("/standing", null, -1);
            ZKUtil.deleteRecursive(writer, "/standing");

            for (final String line : List.of("NodeCreated /standing", "NodeChildrenChanged /standing",
                "NodeDataChanged /standing", "NodeChildrenChanged /standing", "NodeDeleted /standing"))
            {
                assertEquals(line, persistent.next());
            }

            for (final String line : List.of("NodeCreated /standing", "NodeCreated /standing/a",
                "NodeCreated /standing/a/b", "NodeDataChanged /standing/a/b", "NodeDataChanged /standing",
                "NodeDeleted /standing/a/b", "NodeDeleted /standing/a", "NodeDeleted /standing"))
            {
                assertEquals(line, recursive.next());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldForgetRemovedWatches(final ServerKind kind) throws Exception
    {
        try (Official watching = Official.connect(SharedServers.of(kind));
            Official writer = Official.connect(SharedServers.of(kind)))
        {
            writer.create("/forgotten", null, OPEN, CreateMode.PERSISTENT);
            watching.sync("/forgotten");
            final Watched data = new Watched();
            final Watched recursive = new Watched();
            final Watched children = new Watched();
            assertThrows(KeeperException.NoWatcherException.class, () -> watching.removeWatches("/forgotten", data,
                Watcher.WatcherType.Data, false));
            watching.getData("/forgotten", data, null);
            watching.getChildren("/forgotten", children);
            watching.addWatch("/forgotten", recursive, AddWatchMode.PERSISTENT_RECURSIVE);
            watching.removeWatches("/forgotten", data, Watcher.WatcherType.Data, false);
            assertEquals("DataWatchRemoved /forgotten", data.next());
            watching.removeWatches("/forgotten", recursive, Watcher.WatcherType.PersistentRecursive, false);
            assertEquals("PersistentWatchRemoved /forgotten", recursive.next());
            watching.removeAllWatches("/forgotten", Watcher.WatcherType.Any, false);
            assertEquals("ChildWatchRemoved /forgotten", children.next());
            writer.setData("/forgotten", null, -1);
            writer.delete("/forgotten", -1);
            watching.awaitEvents("/forgotten");
            assertTrue(data.isEmpty() && recursive.isEmpty() && children.isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldTellOfEphemeralsThatGoWithTheirSession(final ServerKind kind) throws Exception
    {
        try (Official watching = Official.connect(SharedServers.of(kind)))
        {
            final Official owner = Official.connect(SharedServers.of(kind));
            watching.create("/members", null, OPEN, CreateMode.PERSISTENT);
            owner.create("/members/one", null, OPEN, CreateMode.EPHEMERAL);
            watching.sync("/members");
            final Watched node = new Watched();
            final Watched parent = new Watched();
            watching.exists("/members/one", node);
            watching.getChildren("/members", parent);
            owner.close();
            assertEquals("NodeDeleted /members/one", node.next());
            assertEquals("NodeChildrenChanged /members", parent.next());
            watching.delete("/members", -1);
        }
    }
}
