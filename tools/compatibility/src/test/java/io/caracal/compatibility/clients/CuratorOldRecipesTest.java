/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.SharedServers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.NodeCache;
import org.apache.curator.framework.recipes.cache.PathChildrenCache;
import org.apache.curator.framework.recipes.cache.TreeCache;
import org.apache.curator.framework.recipes.queue.DistributedPriorityQueue;
import org.apache.curator.framework.recipes.queue.DistributedQueue;
import org.apache.curator.framework.recipes.queue.QueueBuilder;
import org.apache.curator.framework.recipes.queue.QueueConsumer;
import org.apache.curator.framework.recipes.queue.QueueSerializer;
import org.apache.curator.framework.recipes.queue.SimpleDistributedQueue;
import org.apache.curator.framework.state.ConnectionState;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests Curator's queues and older caches: out of fashion, but still in everybody's programs. */
@SuppressWarnings("deprecation")
@ExtendWith(SharedServers.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CuratorOldRecipesTest
{
    private static final int COUNT = 50;

    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    /** Keeps what a queue delivers. */
    private static final class Consumer implements QueueConsumer<String>
    {
        private final BlockingQueue<String> consumed = new LinkedBlockingQueue<>();

        @Override
        public void consumeMessage(final String message)
        {
            consumed.add(message);
        }

        @Override
        public void stateChanged(final CuratorFramework curator, final ConnectionState state)
        {
            assertTrue(state.isConnected(), "the connection went to " + state);
        }

        String next() throws InterruptedException
        {
            return consumed.poll(Curators.TIMEOUT_S, TimeUnit.SECONDS);
        }
    }

    /** Text as bytes. */
    private static final class Text implements QueueSerializer<String>
    {
        @Override
        public byte[] serialize(final String item)
        {
            return item.getBytes(UTF_8);
        }

        @Override
        public String deserialize(final byte[] bytes)
        {
            return new String(bytes, UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldDeliverEachQueuedItemOnceAndInOrder(final ServerKind kind) throws Exception
    {
        final Consumer consumer = new Consumer();

        try (CuratorFramework curator = Curators.start(kind);
            DistributedQueue<String> queue =
                QueueBuilder.builder(curator, consumer, new Text(), "/curator/queue").buildQueue())
        {
            queue.start();

            for (int i = 0; i < COUNT; i++)
            {
                queue.put("item " + i);
            }

            for (int i = 0; i < COUNT; i++)
            {
                assertEquals("item " + i, consumer.next());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldDeliverTheUrgentFirst(final ServerKind kind) throws Exception
    {
        final Consumer consumer = new Consumer();

        try (CuratorFramework curator = Curators.start(kind))
        {
            try (DistributedPriorityQueue<String> filled = QueueBuilder.builder(curator, null, new Text(),
                "/curator/priority").buildPriorityQueue(0))
            {
                filled.start();
                filled.put("late", 9);
                filled.put("soon", 2);
                filled.put("now", -1);
            }

            try (DistributedPriorityQueue<String> emptied = QueueBuilder.builder(curator, consumer, new Text(),
                "/curator/priority").buildPriorityQueue(0))
            {
                emptied.start();
                assertEquals("now", consumer.next());
                assertEquals("soon", consumer.next());
                assertEquals("late", consumer.next());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldOfferAndPoll(final ServerKind kind) throws Exception
    {
        try (CuratorFramework curator = Curators.start(kind))
        {
            final SimpleDistributedQueue queue = new SimpleDistributedQueue(curator, "/curator/simple");
            assertTrue(queue.offer("a".getBytes(UTF_8)));
            assertTrue(queue.offer("b".getBytes(UTF_8)));
            assertEquals("a", new String(queue.peek(), UTF_8));
            assertEquals("a", new String(queue.take(), UTF_8));
            assertEquals("b", new String(queue.poll(Curators.TIMEOUT_S, TimeUnit.SECONDS), UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFollowNodesPathsAndTrees(final ServerKind kind) throws Exception
    {
        try (CuratorFramework writer = Curators.start(kind);
            CuratorFramework reader = Curators.start(kind);
            NodeCache node = new NodeCache(reader, "/curator/followed");
            PathChildrenCache path = new PathChildrenCache(reader, "/curator/followed", true);
            TreeCache tree = new TreeCache(reader, "/curator/followed"))
        {
            writer.create().creatingParentsIfNeeded().forPath("/curator/followed", "1".getBytes(UTF_8));
            node.start(true);
            path.start(PathChildrenCache.StartMode.BUILD_INITIAL_CACHE);
            tree.start();
            writer.setData().forPath("/curator/followed", "2".getBytes(UTF_8));
            writer.create().creatingParentsIfNeeded().forPath("/curator/followed/a/b", "3".getBytes(UTF_8));
            Await.until("the node cache follows", Watched.TIMEOUT_MS, () -> "2".equals(new String(node.getCurrentData()
                .getData(), UTF_8)));
            Await.until("the path cache follows", Watched.TIMEOUT_MS, () -> path.getCurrentData().size() == 1);
            Await.until("the tree cache follows", Watched.TIMEOUT_MS,
                () -> "3".equals(new String(tree.getCurrentData("/curator/followed/a/b").getData(), UTF_8)));
            writer.delete().deletingChildrenIfNeeded().forPath("/curator/followed/a");
            Await.until("the path cache sees the end", Watched.TIMEOUT_MS, () -> path.getCurrentData().isEmpty());
            Await.until("the tree cache sees the end", Watched.TIMEOUT_MS,
                () -> tree.getCurrentData("/curator/followed/a") == null);
        }
    }
}
