/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.curator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.framework.recipes.cache.PathChildrenCache;
import org.apache.curator.framework.recipes.cache.TreeCache;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;

/** Main class: does what programs do through an older Curator. Prints "passed ..." for each part. */
@SuppressWarnings("deprecation")
public final class CuratorUser
{
    static final int TIMEOUT_S = 60;
    static final int SESSION_TIMEOUT_MS = 20_000;

    private static final List<ACL> OPEN = Arrays.asList(new ACL(31, new Id("world", "anyone")));
    private static final List<ACL> CREATOR = Arrays.asList(new ACL(31, new Id("auth", "")));

    private final CuratorFramework one;
    private final CuratorFramework two;

    private CuratorUser(final CuratorFramework one, final CuratorFramework two)
    {
        this.one = one;
        this.two = two;
    }

    /**
     * Runs all parts.
     *
     * @param arguments the connect string of the server under test, and a namespace that nobody else uses
     * @throws Exception when anything is not as it should be
     */
    public static void main(final String[] arguments) throws Exception
    {
        try (CuratorFramework one = start(arguments, CuratorFrameworkFactory.builder());
            CuratorFramework two = start(arguments, CuratorFrameworkFactory.builder());
            CuratorFramework owner =
                start(arguments, CuratorFrameworkFactory.builder().authorization("digest", bytes("user:password"))))
        {
            final CuratorUser user = new CuratorUser(one, two);
            user.nodes();
            user.transactions();
            user.accessLists(owner);
            user.caches();
            user.locks();
            user.counters();
            new Expiry(arguments[0], one, two).shouldPass();
        }
    }

    private static CuratorFramework start(final String[] arguments, final CuratorFrameworkFactory.Builder builder)
        throws InterruptedException
    {
        // No chroot: when a session on an ensemble ends, Curator 4 goes on without the chroot.
        final CuratorFramework curator =
            builder.connectString(arguments[0]).namespace(arguments[1]).sessionTimeoutMs(SESSION_TIMEOUT_MS)
                .connectionTimeoutMs(SESSION_TIMEOUT_MS).retryPolicy(new RetryNTimes(50, 100)).build();
        curator.start();
        check(curator.blockUntilConnected(TIMEOUT_S, TimeUnit.SECONDS), "no connection to " + arguments[0]);
        return curator;
    }

    static void check(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new IllegalStateException(message);
        }
    }

    static void passed(final String part)
    {
        System.out.println("passed " + part);
    }

    /** A condition that is checked repeatedly until it holds. */
    @FunctionalInterface
    interface Condition
    {
        boolean holds() throws Exception;
    }

    static void await(final String what, final Condition condition) throws Exception
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);

        while (!condition.holds())
        {
            check(System.nanoTime() - deadlineNs < 0, "not in time: " + what);
            Thread.sleep(5);
        }
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(UTF_8);
    }

    private void nodes() throws Exception
    {
        // A 3.4 client has no containers, so Curator then creates plain parents.
        one.create().creatingParentContainersIfNeeded().forPath("/parent/child", bytes("1"));
        final Stat stat = new Stat();
        check("1".equals(new String(one.getData().storingStatIn(stat).forPath("/parent/child"), UTF_8)), "data");
        check(one.setData().withVersion(stat.getVersion()).forPath("/parent/child", bytes("2")).getVersion() == 1,
            "version");
        final String name =
            one.create().withProtection().withMode(CreateMode.EPHEMERAL_SEQUENTIAL).forPath("/parent/protected-");
        check(name.startsWith("/parent/_c_") && name.endsWith("protected-0000000001"), name);
        one.create().compressed().forPath("/parent/zipped", new byte[1_000]);
        check(one.getData().decompressed().forPath("/parent/zipped").length == 1_000, "compressed data");
        two.sync().forPath("/parent");
        check(two.getChildren().forPath("/parent").size() == 3, "children");

        try
        {
            one.create().forPath("/parent");
            check(false, "made twice");
        }
        catch (final KeeperException.NodeExistsException ex)
        {
            one.delete().guaranteed().deletingChildrenIfNeeded().forPath("/parent");
        }

        check(one.checkExists().forPath("/parent") == null, "deleted and still there");
        passed("nodes");
    }

    private void transactions() throws Exception
    {
        final Collection<CuratorTransactionResult> results = one.inTransaction().create().forPath("/done", bytes("a"))
            .and().setData().forPath("/done", bytes("b")).and().check().withVersion(1).forPath("/done").and().create()
            .withMode(CreateMode.PERSISTENT_SEQUENTIAL).forPath("/done/n").and().commit();
        check(results.size() == 4, results + " instead of four results");

        try
        {
            one.inTransaction().create().forPath("/undone").and().delete().forPath("/none").and().commit();
            check(false, "half a transaction");
        }
        catch (final KeeperException.NoNodeException ex)
        {
            check(one.checkExists().forPath("/undone") == null, "half a transaction stays");
        }

        passed("transactions");
    }

    private void accessLists(final CuratorFramework owner) throws Exception
    {
        owner.create().withACL(CREATOR).forPath("/private", bytes("p"));
        check("digest".equals(owner.getACL().forPath("/private").get(0).getId().getScheme()), "the owner's list");
        two.sync().forPath("/private");

        try
        {
            two.getData().forPath("/private");
            check(false, "read by a stranger");
        }
        catch (final KeeperException.NoAuthException ex)
        {
            owner.setACL().withACL(OPEN).forPath("/private");
        }

        two.sync().forPath("/private");
        check("p".equals(new String(two.getData().forPath("/private"), UTF_8)), "open and not read");
        passed("access lists");
    }

    private void caches() throws Exception
    {
        try (PathChildrenCache path = new PathChildrenCache(two, "/cached", true);
            TreeCache tree = new TreeCache(two,
                "/cached"))
        {
            path.start(PathChildrenCache.StartMode.BUILD_INITIAL_CACHE);
            tree.start();
            one.create().creatingParentsIfNeeded().forPath("/cached/a/b", bytes("1"));
            await("the path cache has the child", () -> path.getCurrentData().size() == 1);
            await("the tree cache has the grandchild", () -> tree.getCurrentData("/cached/a/b") != null);
            one.setData().forPath("/cached/a/b", bytes("2"));
            await("the tree cache has the change", () -> "2".equals(new String(tree.getCurrentData("/cached/a/b")
                .getData(), UTF_8)));
            one.delete().deletingChildrenIfNeeded().forPath("/cached/a");
            await("both saw the end",
                () -> path.getCurrentData().isEmpty() && tree.getCurrentData("/cached/a") == null);
        }

        passed("caches");
    }

    private void locks() throws Exception
    {
        final InterProcessReadWriteLock here = new InterProcessReadWriteLock(one, "/locks");
        final InterProcessReadWriteLock there = new InterProcessReadWriteLock(two, "/locks");
        check(here.readLock().acquire(TIMEOUT_S, TimeUnit.SECONDS), "the first to read");
        check(there.readLock().acquire(TIMEOUT_S, TimeUnit.SECONDS), "the second to read");
        check(!there.writeLock().acquire(50, TimeUnit.MILLISECONDS), "written while others read");
        here.readLock().release();
        there.readLock().release();
        check(there.writeLock().acquire(TIMEOUT_S, TimeUnit.SECONDS), "the only one to write");
        check(!here.readLock().acquire(50, TimeUnit.MILLISECONDS), "read while another writes");
        there.writeLock().release();
        passed("locks");
    }

    private void counters() throws Exception
    {
        final List<DistributedAtomicLong> sides = Arrays.asList(counter(one), counter(two));

        for (int i = 0; i < 10; i++)
        {
            for (final DistributedAtomicLong side : sides)
            {
                check(side.increment().succeeded(), "increment");
            }
        }

        one.sync().forPath("/counter");
        check(sides.get(0).get().postValue() == 20, "counted " + sides.get(0).get().postValue());
        passed("counters");
    }

    private static DistributedAtomicLong counter(final CuratorFramework curator)
    {
        return new DistributedAtomicLong(curator, "/counter", new RetryNTimes(1_000, 5));
    }
}
