/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.protocol.Allocation;
import io.caracal.engine.tree.TestTree;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what is counted, and towards which quota. */
class QuotaTableTest extends QuotaFixture
{
    @Test
    void shouldCountWhatIsThereWhenUsageIsCreated()
    {
        create("/a", "12345");
        create("/a/b", "123");
        create("/a/b/c", null);
        create("/ab", "not part of it");
        limit("/a", "count=10,bytes=100");

        assertEquals("count=3,bytes=8", usage("/a"));
    }

    @Test
    void shouldFollowChanges()
    {
        limit("/a", "count=10,bytes=100");
        assertEquals("count=0,bytes=0", usage("/a"));

        create("/a", "12345");
        create("/a/b", null);
        assertEquals("count=2,bytes=5", usage("/a"));
        setData("/a/b", "123");
        assertEquals("count=2,bytes=8", usage("/a"));
        setData("/a/b", "");
        assertEquals("count=2,bytes=5", usage("/a"));
        delete("/a/b");
        assertEquals("count=1,bytes=5", usage("/a"));
        delete("/a");
        assertEquals("count=0,bytes=0", usage("/a"));
    }

    @Test
    void shouldRewriteUsageWithoutTrace()
    {
        limit("/a", "count=10,bytes=100");
        final long stats = tree.find("/zookeeper/quota/a/zookeeper_stats");
        final long mzxid = tree.tree().stats().mzxid(stats);
        final long digest = tree.tree().digest();
        create("/a", "12345");
        delete("/a");
        create("/a", "12345");

        assertEquals("count=1,bytes=5", usage("/a"));
        assertEquals(0, tree.tree().stats().version(stats));
        assertEquals(mzxid, tree.tree().stats().mzxid(stats));
        assertNotEquals(digest, tree.tree().digest(), "by the new znode");
    }

    @Test
    void shouldCountTowardsNearestQuotaOnly()
    {
        limit("/a", "count=10,bytes=100");
        limit("/a/b/c", "count=10,bytes=100");
        create("/a", "1");
        create("/a/b", "12");
        create("/a/b/c", "123");
        create("/a/b/c/d", "1234");

        assertEquals("count=2,bytes=3", usage("/a"));
        assertEquals("count=2,bytes=7", usage("/a/b/c"));
    }

    @Test
    void shouldDivideASubtreeBetweenNestedQuotas()
    {
        create("/a", "1");
        create("/a/b", "12");
        create("/a/b/c", "123");
        limit("/a", "count=10,bytes=100");
        assertEquals("count=3,bytes=6", usage("/a"));

        limit("/a/b", "count=10,bytes=100");
        assertEquals("count=1,bytes=1", usage("/a"));
        assertEquals("count=2,bytes=5", usage("/a/b"));

        delete("/zookeeper/quota/a/b/zookeeper_limits");
        assertEquals("count=3,bytes=6", usage("/a"));
    }

    @Test
    void shouldNotAllocateInSteadyState()
    {
        limit("/a", "count=-1,bytes=-1=;countHardLimit=5");
        create("/a", "12345");
        final UnsafeBuffer path = TestTree.bytes("/a/b/c");

        Allocation.assertNone(() ->
        {
            assertTrue(quotas.permits(path, 0, 6, 10, 1));
            quotas.onCreated(path, 0, 6, 10);
            quotas.onDataChanged(path, 0, 6, 10, 3);
            quotas.onDeleted(path, 0, 6, 3);
        });
        assertEquals("count=1,bytes=5", usage("/a"));
    }

    @Test
    void shouldKeepNoQuotaForTheRoot()
    {
        create("/zookeeper/quota/zookeeper_limits", "count=0,bytes=0=;byteHardLimit=0;countHardLimit=0");
        create("/zookeeper/quota/zookeeper_stats", EMPTY_USAGE);
        create("/a", "12345");

        assertTrue(permits("/a", 1000, 1));
        assertEquals(EMPTY_USAGE, usage(""));
    }

    /** The texts of quotas change by themselves. A server that loads them must get the same result as the others. */
    @Test
    void shouldCountWhatQuotasConsistOfWithoutItsBytes()
    {
        limit("/zookeeper", "count=100,bytes=1000=;byteHardLimit=5");
        create("/zookeeper/x", "123");
        limit("/a", "count=10,bytes=100");
        for (int i = 0; i < 10; i++)
        {
            create(i == 0 ? "/a" : "/a/" + i, "1");
        }
        setData("/zookeeper/quota/a/zookeeper_limits", "count=1000,bytes=1000");
        create("/zookeeper/quota/b", "123456");
        setData("/zookeeper/quota/b", "1");
        delete("/zookeeper/quota/b");
        setData("/zookeeper/quota", "12");

        assertEquals("count=10,bytes=5", usage("/zookeeper"));
        quotas.rebuild();
        assertEquals("count=10,bytes=5", usage("/zookeeper"));
        assertTrue(permits("/zookeeper/quota/a/zookeeper_limits", 1, 0));
        assertFalse(permits("/zookeeper/x", 1, 0));
    }

    @Test
    void shouldCountBytesOfZnodesWhosePathsOnlyResembleThoseOfQuotas()
    {
        limit("/zookeeper", "count=100,bytes=1000");
        create("/zookeeper/quotas", "123");
        create("/zookeeper/quotas/a", "12");
        create("/zookeeper/quote", "1");
        create("/zookeeper/quote/abc", "1");

        assertEquals("count=10,bytes=7", usage("/zookeeper"));
        quotas.rebuild();
        assertEquals("count=10,bytes=7", usage("/zookeeper"));
    }

    @ParameterizedTest
    @CsvSource({ "/zookeeper/quota, '8,bytes=0'", "/zookeeper/quota/a, '3,bytes=0'" })
    void shouldCountTheSameWithinQuotasAfterALoad(final String path, final String expected)
    {
        limit("/a", "count=10,bytes=100");
        limit(path, "count=100,bytes=1000");
        create("/a", "12345");

        assertEquals("count=" + expected, usage(path));
        quotas.rebuild();
        assertEquals("count=" + expected, usage(path));
    }
}
