/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.SharedServers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.framework.recipes.atomic.AtomicValue;
import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.nodes.GroupMember;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.framework.recipes.nodes.PersistentTtlNode;
import org.apache.curator.framework.recipes.shared.SharedCount;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.curator.retry.RetryNTimes;
import org.apache.curator.x.discovery.ServiceCache;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests Curator's recipes for shared state. */
@ExtendWith(SharedServers.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CuratorStateTest
{
    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldMirrorATree(final ServerKind kind) throws Exception
    {
        try (CuratorFramework writer = Curators.start(kind);
            CuratorFramework reader = Curators.start(kind);
            CuratorCache cache = CuratorCache.build(reader, "/curator/mirrored"))
        {
            final Queue<String> events = new ConcurrentLinkedQueue<>();
            writer.create().creatingParentsIfNeeded().forPath("/curator/mirrored/a", "1".getBytes(UTF_8));
            cache.listenable().addListener((type, before, after) -> events.add(type + " " + (after == null ? before :
                after).getPath()));
            cache.start();
            Await.until("the cache is filled", Watched.TIMEOUT_MS, () -> cache.get("/curator/mirrored/a").isPresent());
            writer.setData().forPath("/curator/mirrored/a", "2".getBytes(UTF_8));
            writer.create().forPath("/curator/mirrored/a/b");
            Await.until("the cache has the child and the change", Watched.TIMEOUT_MS,
                () -> cache.get("/curator/mirrored/a/b").isPresent() &&
                    events.contains("NODE_CHANGED /curator/mirrored/a"));
            writer.delete().forPath("/curator/mirrored/a/b");
            Await.until("the cache saw the end", Watched.TIMEOUT_MS,
                () -> events.contains("NODE_DELETED /curator/mirrored/a/b"));
            assertEquals("2", new String(cache.get("/curator/mirrored/a").orElseThrow().getData(), UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldWatchPersistently(final ServerKind kind) throws Exception
    {
        try (CuratorFramework curator = Curators.start(kind);
            PersistentWatcher watcher = new PersistentWatcher(curator,
                "/curator/persistent", true))
        {
            final Queue<String> events = new ConcurrentLinkedQueue<>();
            watcher.getListenable().addListener(event -> events.add(event.getType() + " " + event.getPath()));
            watcher.start();
            Await.until("the watch is set", Watched.TIMEOUT_MS, () ->
            {
                curator.create().orSetData().creatingParentsIfNeeded().forPath("/curator/persistent/x");
                return !events.isEmpty();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCountTogether(final ServerKind kind) throws Exception
    {
        try (CuratorFramework one = Curators.start(kind);
            CuratorFramework two = Curators.start(kind);
            SharedCount here = new SharedCount(one, "/curator/count", 5);
            SharedCount there = new SharedCount(two, "/curator/count", 5))
        {
            here.start();
            there.start();
            here.setCount(7);
            Await.until("the count arrives", Watched.TIMEOUT_MS, () -> there.getCount() == 7);
            assertTrue(there.trySetCount(there.getVersionedValue(), 8));
            Await.until("the count comes back", Watched.TIMEOUT_MS, () -> here.getCount() == 8);

            final RetryNTimes patience = new RetryNTimes(1_000, 10);
            final DistributedAtomicLong left = new DistributedAtomicLong(one, "/curator/long", patience);
            final DistributedAtomicLong right = new DistributedAtomicLong(two, "/curator/long", patience);

            for (int i = 0; i < 10; i++)
            {
                assertTrue(left.increment().succeeded());
                assertTrue(right.add(2L).succeeded());
            }

            one.sync().forPath("/curator/long");
            final AtomicValue<Long> value = left.get();
            assertTrue(value.succeeded());
            assertEquals(30L, value.postValue());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldKnowWhoIsThere(final ServerKind kind) throws Exception
    {
        try (CuratorFramework one = Curators.start(kind);
            CuratorFramework two = Curators.start(kind);
            GroupMember here = new GroupMember(one, "/curator/group", "one");
            PersistentNode node = new PersistentNode(two, CreateMode.EPHEMERAL, false, "/curator/node", new byte[3]);
            PersistentTtlNode ttl = new PersistentTtlNode(two, "/curator/ttl", 60_000, new byte[0]))
        {
            final GroupMember there = new GroupMember(two, "/curator/group", "two");
            here.start();
            there.start();
            node.start();
            ttl.start();
            Await.until("both are seen", Watched.TIMEOUT_MS, () -> here.getCurrentMembers().size() == 2);
            assertTrue(node.waitForInitialCreate(Curators.TIMEOUT_S, TimeUnit.SECONDS));
            assertTrue(ttl.waitForInitialCreate(Curators.TIMEOUT_S, TimeUnit.SECONDS));
            one.delete().forPath("/curator/node");
            Await.until("the node comes back", Watched.TIMEOUT_MS,
                () -> one.checkExists().forPath("/curator/node") != null);
            there.close();
            Await.until("one is left", Watched.TIMEOUT_MS, () -> here.getCurrentMembers().size() == 1);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldDiscoverServices(final ServerKind kind) throws Exception
    {
        final ServiceInstance<Void> instance =
            ServiceInstance.<Void>builder().name("print").address("127.0.0.1").port(631).build();

        try (CuratorFramework one = Curators.start(kind);
            CuratorFramework two = Curators.start(kind);
            ServiceDiscovery<Void> offering =
                ServiceDiscoveryBuilder.builder(Void.class).client(one).basePath("/curator/services").build();
            ServiceDiscovery<Void> seeking =
                ServiceDiscoveryBuilder.builder(Void.class).client(two).basePath("/curator/services").build();
            ServiceCache<Void> cache = seeking.serviceCacheBuilder().name("print").build())
        {
            offering.start();
            seeking.start();
            cache.start();
            offering.registerService(instance);
            Await.until("the instance is seen", Watched.TIMEOUT_MS, () -> cache.getInstances().size() == 1);
            assertEquals(631, seeking.queryForInstances("print").iterator().next().getPort());
            offering.unregisterService(instance);
            Await.until("the instance is gone", Watched.TIMEOUT_MS, () -> cache.getInstances().isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCommitTransactions(final ServerKind kind) throws Exception
    {
        try (CuratorFramework curator = Curators.start(kind))
        {
            final List<CuratorTransactionResult> results = curator.transaction().forOperations(curator.transactionOp()
                .create().forPath("/transacted", "a".getBytes(UTF_8)),
                curator.transactionOp().setData().forPath("/transacted", "b".getBytes(UTF_8)),
                curator.transactionOp().check().withVersion(1).forPath("/transacted"),
                curator.transactionOp().delete().forPath("/transacted"));
            assertEquals(4, results.size());
            assertEquals(1, results.get(1).getResultStat().getVersion());
            assertFalse(curator.checkExists().forPath("/transacted") != null);
            Assertions.assertThrows(KeeperException.NoNodeException.class, () -> curator.transaction().forOperations(
                curator.transactionOp().create().forPath("/transacted"),
                curator.transactionOp().delete().forPath("/transacted/none")));
            assertFalse(curator.checkExists().forPath("/transacted") != null);
        }
    }
}
