/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.SharedServers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.barriers.DistributedBarrier;
import org.apache.curator.framework.recipes.barriers.DistributedDoubleBarrier;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderSelector;
import org.apache.curator.framework.recipes.leader.LeaderSelectorListenerAdapter;
import org.apache.curator.framework.recipes.locks.InterProcessMultiLock;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreMutex;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreV2;
import org.apache.curator.framework.recipes.locks.Lease;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests Curator's recipes for exclusion and election. */
@ExtendWith(SharedServers.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CuratorLockTest
{
    private static final int ROUNDS = 20;

    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldGiveALockToOneAtATime(final ServerKind kind) throws Exception
    {
        final ExecutorService threads = Executors.newFixedThreadPool(2);

        try (CuratorFramework one = Curators.start(kind); CuratorFramework two = Curators.start(kind))
        {
            final AtomicInteger inside = new AtomicInteger();
            final AtomicInteger entered = new AtomicInteger();
            final Future<Boolean> first = threads.submit(() -> contend(one, inside, entered));
            final Future<Boolean> second = threads.submit(() -> contend(two, inside, entered));
            assertTrue(first.get(Curators.TIMEOUT_S, TimeUnit.SECONDS), "two held the lock");
            assertTrue(second.get(Curators.TIMEOUT_S, TimeUnit.SECONDS), "two held the lock");
            assertEquals(2 * ROUNDS, entered.get());
        }
        finally
        {
            threads.shutdownNow();
        }
    }

    private static boolean contend(final CuratorFramework curator, final AtomicInteger inside,
        final AtomicInteger entered) throws Exception
    {
        final InterProcessMutex mutex = new InterProcessMutex(curator, "/curator/mutex");
        boolean alone = true;

        for (int i = 0; i < ROUNDS; i++)
        {
            if (!mutex.acquire(Curators.TIMEOUT_S, TimeUnit.SECONDS))
            {
                return false;
            }

            try
            {
                alone &= inside.incrementAndGet() == 1;
                entered.incrementAndGet();
                inside.decrementAndGet();
            }
            finally
            {
                mutex.release();
            }
        }

        return alone;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldLetManyReadOrOneWrite(final ServerKind kind) throws Exception
    {
        try (CuratorFramework one = Curators.start(kind); CuratorFramework two = Curators.start(kind))
        {
            final InterProcessReadWriteLock here = new InterProcessReadWriteLock(one, "/curator/readwrite");
            final InterProcessReadWriteLock there = new InterProcessReadWriteLock(two, "/curator/readwrite");
            assertTrue(here.readLock().acquire(Curators.TIMEOUT_S, TimeUnit.SECONDS));
            assertTrue(there.readLock().acquire(Curators.TIMEOUT_S, TimeUnit.SECONDS));
            assertFalse(there.writeLock().acquire(50, TimeUnit.MILLISECONDS));
            here.readLock().release();
            there.readLock().release();
            assertTrue(there.writeLock().acquire(Curators.TIMEOUT_S, TimeUnit.SECONDS));
            assertFalse(here.readLock().acquire(50, TimeUnit.MILLISECONDS));
            there.writeLock().release();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCountLeasesAndLockSeveralAtOnce(final ServerKind kind) throws Exception
    {
        try (CuratorFramework one = Curators.start(kind); CuratorFramework two = Curators.start(kind))
        {
            final InterProcessSemaphoreV2 here = new InterProcessSemaphoreV2(one, "/curator/semaphore", 2);
            final InterProcessSemaphoreV2 there = new InterProcessSemaphoreV2(two, "/curator/semaphore", 2);
            final Lease first = here.acquire(Curators.TIMEOUT_S, TimeUnit.SECONDS);
            final Lease second = there.acquire(Curators.TIMEOUT_S, TimeUnit.SECONDS);
            assertNotNull(second);
            assertNull(here.acquire(50, TimeUnit.MILLISECONDS));
            there.returnLease(second);
            final Lease third = here.acquire(Curators.TIMEOUT_S, TimeUnit.SECONDS);
            assertNotNull(third);
            here.returnAll(List.of(first, third));

            final InterProcessMultiLock both = new InterProcessMultiLock(one, List.of("/curator/left",
                "/curator/right"));
            final InterProcessSemaphoreMutex right = new InterProcessSemaphoreMutex(two, "/curator/other");
            assertTrue(both.acquire(Curators.TIMEOUT_S, TimeUnit.SECONDS));
            assertFalse(new InterProcessMutex(two, "/curator/right").acquire(50, TimeUnit.MILLISECONDS));
            assertTrue(right.acquire(Curators.TIMEOUT_S, TimeUnit.SECONDS));
            both.release();
            right.release();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldElectALeaderAndAnotherAfterIt(final ServerKind kind) throws Exception
    {
        final CuratorFramework one = Curators.start(kind);

        try (CuratorFramework two = Curators.start(kind);
            LeaderLatch second = new LeaderLatch(two, "/curator/latch", "second"))
        {
            final LeaderLatch first = new LeaderLatch(one, "/curator/latch", "first");
            first.start();
            assertTrue(first.await(Curators.TIMEOUT_S, TimeUnit.SECONDS));
            second.start();
            Await.until("both take part", Watched.TIMEOUT_MS, () -> second.getParticipants().size() == 2);
            assertEquals("first", second.getLeader().getId());
            assertFalse(second.hasLeadership());
            one.close();
            assertTrue(second.await(Curators.TIMEOUT_S, TimeUnit.SECONDS));
        }
        finally
        {
            one.close();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldPassLeadershipRound(final ServerKind kind) throws Exception
    {
        final CountDownLatch led = new CountDownLatch(6);
        final AtomicInteger leaders = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final LeaderSelectorListenerAdapter turn = new LeaderSelectorListenerAdapter()
        {
            @Override
            public void takeLeadership(final CuratorFramework curator)
            {
                most.accumulateAndGet(leaders.incrementAndGet(), Math::max);
                led.countDown();
                leaders.decrementAndGet();
            }
        };

        try (CuratorFramework one = Curators.start(kind);
            CuratorFramework two = Curators.start(kind);
            LeaderSelector first = new LeaderSelector(one, "/curator/selector", turn);
            LeaderSelector second = new LeaderSelector(two, "/curator/selector", turn))
        {
            first.autoRequeue();
            second.autoRequeue();
            first.start();
            second.start();
            assertTrue(led.await(Curators.TIMEOUT_S, TimeUnit.SECONDS));
            assertEquals(1, most.get());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldHoldEveryoneAtABarrier(final ServerKind kind) throws Exception
    {
        final ExecutorService threads = Executors.newFixedThreadPool(2);

        try (CuratorFramework one = Curators.start(kind); CuratorFramework two = Curators.start(kind))
        {
            final DistributedBarrier gate = new DistributedBarrier(one, "/curator/barrier");
            gate.setBarrier();
            final Future<Boolean> waiting = threads.submit(() -> new DistributedBarrier(two, "/curator/barrier")
                .waitOnBarrier(Curators.TIMEOUT_S, TimeUnit.SECONDS));
            gate.removeBarrier();
            assertTrue(waiting.get(Curators.TIMEOUT_S, TimeUnit.SECONDS));

            final Future<Boolean> left = threads.submit(() -> enterAndLeave(one));
            final Future<Boolean> right = threads.submit(() -> enterAndLeave(two));
            assertTrue(left.get(Curators.TIMEOUT_S, TimeUnit.SECONDS));
            assertTrue(right.get(Curators.TIMEOUT_S, TimeUnit.SECONDS));
        }
        finally
        {
            threads.shutdownNow();
        }
    }

    private static boolean enterAndLeave(final CuratorFramework curator) throws Exception
    {
        final DistributedDoubleBarrier barrier = new DistributedDoubleBarrier(curator, "/curator/double", 2);
        return barrier.enter(Curators.TIMEOUT_S, TimeUnit.SECONDS) && barrier.leave(Curators.TIMEOUT_S,
            TimeUnit.SECONDS);
    }
}
