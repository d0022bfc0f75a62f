/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.compatibility.Loopback;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.SharedServers;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests what the official client restores when its connection breaks or it goes to another server, with both of its
 * socket classes.
 */
@ExtendWith(SharedServers.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OfficialResumptionTest
{
    /** Watches of each kind. With their long paths they do not fit into one setWatches request. */
    private static final int WATCHES = 600;
    private static final int CHANGES = 50;
    private static final int NO_NODE = KeeperException.Code.NONODE.intValue();
    private static final String LONG = "-" + "w".repeat(100);

    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    static List<Arguments> kindsAndSockets()
    {
        return kinds().stream().flatMap(
            kind -> Stream.of("ClientCnxnSocketNIO", "ClientCnxnSocketNetty").map(socket -> Arguments.of(kind, socket)))
            .toList();
    }

    /** Counts events by type. */
    private static final class Counted implements Watcher
    {
        private final Map<String, Integer> counts = new TreeMap<>();

        @Override
        public synchronized void process(final WatchedEvent event)
        {
            if (event.getType() != Event.EventType.None)
            {
                counts.merge(event.getType().name(), 1, Integer::sum);
            }
        }

        synchronized Map<String, Integer> take()
        {
            final Map<String, Integer> taken = Map.copyOf(counts);
            counts.clear();
            return taken;
        }
    }

    /** One watcher for each kind of watch. */
    private static final class Watchers
    {
        private final Counted data = new Counted();
        private final Counted exists = new Counted();
        private final Counted children = new Counted();
        private final Counted persistent = new Counted();
        private final Counted recursive = new Counted();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kindsAndSockets")
    void shouldResumeThousandsOfWatches(final ServerKind kind, final String socket) throws Exception
    {
        final ServerUnderTest server = SharedServers.of(kind);
        final Watched events = new Watched();
        final String root = "/resumed-" + socket + LONG;

        try (BreakableLine line = new BreakableLine(server);
            Official writer = Official.connect(server);
            Official watching =
                Official.connect(line.connectString(), events, Official.SESSION_TIMEOUT_MS, socket(socket)))
        {
            plant(writer, root);
            final Watchers watchers = watch(watching, root);
            line.breakDown();
            events.awaitState(Watcher.Event.KeeperState.Disconnected);
            change(writer, root, 0);
            level(server);
            line.mend();
            events.awaitState(Watcher.Event.KeeperState.SyncConnected);
            watching.awaitEvents(root);
            assertEquals(Map.of("NodeDataChanged", CHANGES, "NodeDeleted", CHANGES), watchers.data.take());
            assertEquals(Map.of("NodeCreated", CHANGES), watchers.exists.take());
            assertEquals(Map.of("NodeChildrenChanged", CHANGES, "NodeDeleted", CHANGES), watchers.children.take());
            assertEquals(Map.of(), watchers.persistent.take());
            assertEquals(Map.of(), watchers.recursive.take());

            change(writer, root, CHANGES);
            watching.awaitEvents(root);
            assertEquals(Map.of("NodeDataChanged", CHANGES, "NodeDeleted", CHANGES), watchers.data.take());
            assertEquals(Map.of("NodeCreated", CHANGES), watchers.exists.take());
            assertEquals(Map.of("NodeChildrenChanged", CHANGES, "NodeDeleted", CHANGES), watchers.children.take());
            assertEquals(Map.of("NodeCreated", CHANGES, "NodeChildrenChanged", CHANGES), watchers.persistent.take());
            assertEquals(Map.of("NodeCreated", 2 * CHANGES), watchers.recursive.take());
            ZKUtil.deleteRecursive(writer, root);
        }
    }

    private static ZKClientConfig socket(final String name)
    {
        final ZKClientConfig config = Official.config();
        config.setProperty(ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper." + name);
        return config;
    }

    private static void plant(final Official writer, final String root) throws Exception
    {
        writer.create(root, null, Official.OPEN, CreateMode.PERSISTENT);
        final List<Op> ops = new ArrayList<>();
        for (int i = 0; i < WATCHES; i++)
        {
            ops.add(Op.create(root + "/there" + i, null, Official.OPEN, CreateMode.PERSISTENT));
        }

        writer.multi(ops);
    }

    private static Watchers watch(final Official watching, final String root) throws Exception
    {
        final Watchers watchers = new Watchers();
        watching.sync(root);
        for (int i = 0; i < WATCHES; i++)
        {
            final String there = root + "/there" + i;
            watching.getData(there, watchers.data, (rc, path, context, data, stat) -> report(rc, 0, path), null);
            watching.getChildren(there, watchers.children, (rc, path, context, names) -> report(rc, 0, path), null);
            watching.exists(root + "/late" + i, watchers.exists, (rc, path, context, stat) -> report(rc, NO_NODE, path),
                null);
            watching.addWatch(root + "/persistent" + i, watchers.persistent, AddWatchMode.PERSISTENT, (rc, path,
                context) -> report(rc, 0, path), null);
            watching.addWatch(root + "/recursive" + i, watchers.recursive, AddWatchMode.PERSISTENT_RECURSIVE, (rc, path,
                context) -> report(rc, 0, path), null);
        }

        assertNotNull(watching.exists(root, false));
        return watchers;
    }

    /** Reports a failed call. It would otherwise show only in the numbers of events. */
    private static void report(final int code, final int wanted, final String path)
    {
        if (code != wanted)
        {
            System.out.println("watch of " + path + ": " + code);
        }
    }

    /** Changes a number of znodes of each kind, starting at one index. */
    private static void change(final Official writer, final String root, final int from) throws Exception
    {
        final List<Op> ops = new ArrayList<>();
        for (int i = from; i < from + CHANGES; i++)
        {
            ops.add(Op.setData(root + "/there" + i, null, -1));
            ops.add(Op.create(root + "/there" + (6 * CHANGES + i) + "/child", null, Official.OPEN,
                CreateMode.PERSISTENT));
            ops.add(Op.delete(root + "/there" + (3 * CHANGES + i), -1));
            ops.add(Op.create(root + "/late" + i, null, Official.OPEN, CreateMode.PERSISTENT));
            for (final String name : List.of("/persistent", "/recursive"))
            {
                ops.add(Op.create(root + name + i, null, Official.OPEN, CreateMode.PERSISTENT));
                ops.add(Op.create(root + name + i + "/child", null, Official.OPEN, CreateMode.PERSISTENT));
            }
        }

        writer.multi(ops);
    }

    /**
     * Waits until every member has what is committed by now. At a member that lags, the watches would see it happen.
     */
    private static void level(final ServerUnderTest server) throws IOException
    {
        for (final InetSocketAddress member : server.members())
        {
            try (RawSession session = RawSession.open(member, Official.SESSION_TIMEOUT_MS))
            {
                assertEquals(0, session.call(Opcode.SYNC, new JuteWriter().str("/")).err());
                assertEquals(0, session.closeSession().err());
            }
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kinds")
    void shouldHandASessionOverByNumberAndPassword(final ServerKind kind) throws Exception
    {
        final ServerUnderTest server = SharedServers.of(kind);
        final Watched events = new Watched();

        try (BreakableLine line = new BreakableLine(server);
            Official watching = Official.connect(server);
            Official first = Official.connect(line.connectString(), events))
        {
            first.create("/handed", null, Official.OPEN, CreateMode.EPHEMERAL);
            line.breakDown();
            events.awaitState(Watcher.Event.KeeperState.Disconnected);
            final Watched taken = new Watched();
            final ZooKeeper second = new ZooKeeper(server.connectString(), Official.SESSION_TIMEOUT_MS, taken,
                first.getSessionId(), first.getSessionPasswd());

            try
            {
                taken.awaitState(Watcher.Event.KeeperState.SyncConnected);
                second.setData("/handed", "second".getBytes(UTF_8), 0);
                second.create("/handed-too", null, Official.OPEN, CreateMode.EPHEMERAL);
                watching.sync("/handed");
                assertEquals(first.getSessionId(), watching.exists("/handed-too", false).getEphemeralOwner());
            }
            finally
            {
                second.close();
            }

            watching.sync("/handed");
            assertNull(watching.exists("/handed", false));
            assertNull(watching.exists("/handed-too", false));
            line.mend();
            events.awaitState(Watcher.Event.KeeperState.Expired);
            assertThrows(KeeperException.SessionExpiredException.class, () -> first.exists("/handed", false));
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kinds")
    void shouldFollowItsListOfServers(final ServerKind kind) throws Exception
    {
        final ServerUnderTest server = SharedServers.of(kind);
        final Watched events = new Watched();

        try (BreakableLine line = new BreakableLine(server);
            Official client = Official.connect(line.connectString(), events))
        {
            final long session = client.getSessionId();
            client.create("/moving", null, Official.OPEN, CreateMode.EPHEMERAL);
            final Watched moving = new Watched();
            client.getData("/moving", moving, null);
            client.updateServerList(Loopback.text(server.address()));
            // The client looks at its server list only when it has something to do. The outcome of this call does not
            // matter.
            client.sync("/moving", (rc, path, context) -> report(rc, rc, path), null);
            events.awaitState(Watcher.Event.KeeperState.Disconnected);
            events.awaitState(Watcher.Event.KeeperState.SyncConnected);
            line.breakDown();
            client.setData("/moving", null, 0);
            assertEquals("NodeDataChanged /moving", moving.next());
            assertEquals(session, client.getSessionId());
            client.delete("/moving", 1);
        }
    }
}
