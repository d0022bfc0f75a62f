/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.protocol.Allocation;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.TestTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTableTest
{
    private static final String EMPTY_USAGE = "count=0,bytes=0";
    private static final String UNKNOWN_USAGE = "count=-1,bytes=-1";
    private static final String STATS_OF_A = "/zookeeper/quota/a/zookeeper_stats";

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();
    private TestTree tree;
    private QuotaTable quotas;

    @BeforeEach
    void open()
    {
        tree = new TestTree(memory.ledger());
        quotas = new QuotaTable(tree.tree(), true);
    }

    @AfterEach
    void close()
    {
        tree.close();
    }

    private void create(final String path, final String data)
    {
        tree.create(path, data);
        final UnsafeBuffer buffer = TestTree.bytes(path);
        quotas.onCreated(buffer, 0, buffer.capacity(), data == null ? -1 : data.length());
    }

    private void delete(final String path)
    {
        final int dataLength = tree.tree().dataLength(tree.find(path));
        tree.delete(path);
        final UnsafeBuffer buffer = TestTree.bytes(path);
        quotas.onDeleted(buffer, 0, buffer.capacity(), dataLength);
    }

    private void setData(final String path, final String data)
    {
        final int previousLength = tree.tree().dataLength(tree.find(path));
        final UnsafeBuffer buffer = TestTree.bytes(path);
        quotas.onDataChanging(buffer, 0, buffer.capacity(), tree.find(path));
        tree.setData(path, data);
        quotas.onDataChanged(buffer, 0, buffer.capacity(), previousLength, data == null ? -1 : data.length());
    }

    private boolean permits(final String path, final long bytesDelta, final long countDelta)
    {
        final UnsafeBuffer buffer = TestTree.bytes(path);
        return quotas.permits(buffer, 0, buffer.capacity(), bytesDelta, countDelta);
    }

    private void limit(final String path, final String limits)
    {
        String parent = "/zookeeper/quota";

        for (final String segment : path.substring(1).split("/", -1))
        {
            parent = parent + "/" + segment;

            if (tree.find(parent) == DataTree.NONE)
            {
                create(parent, null);
            }
        }

        create(parent + "/zookeeper_limits", limits);
        create(parent + "/zookeeper_stats", EMPTY_USAGE);
    }

    private String usage(final String path)
    {
        return tree.data(tree.find("/zookeeper/quota" + path + "/zookeeper_stats"));
    }

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

        final double allocated = Allocation.perOperation(() ->
        {
            assertTrue(quotas.permits(path, 0, 6, 10, 1));
            quotas.onCreated(path, 0, 6, 10);
            quotas.onDataChanged(path, 0, 6, 10, 3);
            quotas.onDeleted(path, 0, 6, 3);
        });

        assertTrue(allocated < 0.1, () -> allocated + " bytes an operation");
        assertEquals("count=1,bytes=5", usage("/a"));
    }

    @Test
    void shouldRefuseWhatExceedsHardLimits()
    {
        limit("/a", "count=1,bytes=1=;byteHardLimit=10;countHardLimit=2");
        create("/a", "12345");

        assertTrue(permits("/a/b", 5, 1));
        assertFalse(permits("/a/b", 6, 1), "bytes");
        create("/a/b", "12345");
        assertFalse(permits("/a/c", 0, 1), "count");
        assertTrue(permits("/a/b", 0, 0));
        assertTrue(permits("/ab", 1000, 1), "not part of it");
        assertTrue(permits("/", 1000, 1));
    }

    @Test
    void shouldRefuseAlsoSmallerDataWhileTotalIsAbove()
    {
        create("/a", "1234567890");
        limit("/a", "count=-1,bytes=-1=;byteHardLimit=5");

        assertFalse(permits("/a", -1, 0));
        assertTrue(permits("/a", -5, 0));
        assertTrue(permits("/a", 0, 0), "of the same size");
    }

    @Test
    void shouldRefuseNothingBySoftLimits()
    {
        limit("/a", "count=0,bytes=0");
        create("/a", "12345");

        assertTrue(permits("/a/b", 1000, 1));
    }

    @Test
    void shouldRefuseNothingWhenNotEnforced()
    {
        quotas = new QuotaTable(tree.tree(), false);
        limit("/a", "count=0,bytes=0=;byteHardLimit=0;countHardLimit=0");
        create("/a", "12345");

        assertTrue(permits("/a/b", 1000, 1));
        assertEquals("count=1,bytes=5", usage("/a"), "usage is kept all the same");
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

    @Test
    void shouldForgetQuotaWhoseLimitsAreDeletedAndCountItsUsageWhenTheyReturn()
    {
        limit("/a", "count=0,bytes=0=;countHardLimit=0");
        delete("/zookeeper/quota/a/zookeeper_limits");
        create("/a", "12345");
        assertTrue(permits("/a", 0, 1));
        assertEquals(EMPTY_USAGE, usage("/a"));

        create("/zookeeper/quota/a/zookeeper_limits", "count=0,bytes=0=;countHardLimit=0");
        assertEquals("count=1,bytes=5", usage("/a"), "as on a server that starts now");
        assertFalse(permits("/a/b", 0, 1));
    }

    @Test
    void shouldLeaveAUsageWithoutLimitsAsItIsWritten()
    {
        limit("/a", "count=10,bytes=10");
        delete("/zookeeper/quota/a/zookeeper_limits");
        setData(STATS_OF_A, "count=77,bytes=7");
        assertEquals("count=77,bytes=7", usage("/a"));
        quotas.rebuild();
        assertEquals("count=77,bytes=7", usage("/a"), "as on a server that starts now");
    }

    @Test
    void shouldSayThatManyZnodesOfQuotasWereLookedAt()
    {
        limit("/a", "count=10,bytes=10");
        quotas.onTxnEnd();
        assertFalse(quotas.isLastTxnLong());
        fillQuota();
        createUsageAgain();
        quotas.onTxnEnd();
        assertTrue(quotas.isLastTxnLong());
        create("/a", "1");
        quotas.onTxnEnd();
        assertFalse(quotas.isLastTxnLong());
    }

    @Test
    void shouldDoWithoutUsage()
    {
        create("/zookeeper/quota/a", null);
        create("/zookeeper/quota/a/zookeeper_limits", "count=0,bytes=0=;countHardLimit=0");
        create("/a", "12345");

        assertTrue(permits("/a/b", 1, 1));
        delete("/a");
    }

    @Test
    void shouldRepairUsageThatSomebodyOverwrote()
    {
        limit("/a", "count=10,bytes=10");
        create("/a", "12345");
        setData("/zookeeper/quota/a/zookeeper_stats", "count=77,bytes=nonsense");

        assertEquals("count=1,bytes=5", usage("/a"));
    }

    @Test
    void shouldCountNothingForAUsageThatSomebodyOverwrote()
    {
        limit("/a", "count=10,bytes=10");
        create("/a", "12345");
        tree.create("/a/untold", "123");
        setData(STATS_OF_A, "count=77,bytes=7");
        assertEquals("count=1,bytes=5", usage("/a"), "what was known");

        create("/a/b", "1");
        assertEquals("count=2,bytes=6", usage("/a"));
    }

    @Test
    void shouldCountAUsageThatIsNotKnownWhenSomebodyOverwritesIt()
    {
        limit("/a", "count=10,bytes=10");
        create("/a", "12345");
        tree.setData(STATS_OF_A, "nonsense");
        setData(STATS_OF_A, "count=77,bytes=7");
        assertEquals("count=1,bytes=5", usage("/a"));

        // What is known of one usage is not taken for another one's.
        limit("/c", "count=10,bytes=10");
        setData(STATS_OF_A, "count=77,bytes=7");
        tree.setData("/zookeeper/quota/c/zookeeper_stats", "nonsense");
        setData("/zookeeper/quota/c/zookeeper_stats", "count=77,bytes=7");
        assertEquals("count=0,bytes=0", usage("/c"));
    }

    @Test
    void shouldCountNothingForLimitsThatChange()
    {
        limit("/a", "count=10,bytes=10");
        limit("/a/b", "count=10,bytes=10");
        create("/a", "12345");
        tree.create("/a/untold", "123");
        setData("/zookeeper/quota/a/b/zookeeper_limits", "count=5,bytes=5");

        assertEquals("count=1,bytes=5", usage("/a"));
    }

    @Test
    void shouldLeaveManyRecountsOfATransactionForItsEnd()
    {
        limit("/a", "count=10,bytes=10");
        limit("/c", "count=10,bytes=10");
        create("/a", "12345");
        create("/c", "1");
        fillQuota();
        quotas.onTxnEnd();

        createUsageAgain();
        assertEquals("count=1,bytes=5", usage("/a"), "at once");
        createUsageAgain();
        assertEquals(UNKNOWN_USAGE, usage("/a"), "put off");
        create("/a/b", "1");
        assertEquals(UNKNOWN_USAGE, usage("/a"), "put off");
        create("/c/d", "12");
        assertEquals("count=2,bytes=3", usage("/c"), "goes on without a recount");
        quotas.onTxnEnd();
        assertEquals("count=2,bytes=6", usage("/a"));
        assertEquals("count=2,bytes=3", usage("/c"));

        createUsageAgain();
        assertEquals("count=2,bytes=6", usage("/a"), "at once in the next transaction");
    }

    @Test
    void shouldCountWhatWasLeftWithoutLimitsWhenTheseCome()
    {
        limit("/a", "count=10,bytes=10");
        create("/c", "123");
        create("/zookeeper/quota/c", null);
        fillQuota();
        createUsageAgain();
        create("/zookeeper/quota/c/zookeeper_stats", EMPTY_USAGE);
        quotas.onTxnEnd();
        assertEquals(UNKNOWN_USAGE, usage("/c"), "there are no limits");

        create("/zookeeper/quota/c/zookeeper_limits", "count=10,bytes=10");
        assertEquals("count=1,bytes=3", usage("/c"));
    }

    /** Another server, which has not just loaded all that, must come to the same. */
    @Test
    void shouldNotCountTheLoadingOfASnapshotTowardsTheNextTransaction()
    {
        limit("/a", "count=10,bytes=10");
        fillQuota();
        quotas.rebuild();
        create("/zookeeper/quota/c", null);
        create("/zookeeper/quota/c/zookeeper_stats", EMPTY_USAGE);
        assertEquals(EMPTY_USAGE, usage("/c"));
    }

    /** A recount of /a looks at as many znodes as those of one transaction may. */
    private void fillQuota()
    {
        for (int i = 0; i < QuotaTable.RECOUNTED_MAX; i++)
        {
            tree.create("/zookeeper/quota/a/" + i, null);
        }
    }

    private void createUsageAgain()
    {
        delete(STATS_OF_A);
        create(STATS_OF_A, EMPTY_USAGE);
    }

    @Test
    void shouldTakeUnreadableLimitsForNone()
    {
        limit("/a", "x".repeat(QuotaTable.TEXT_LENGTH_MAX) + ",countHardLimit=0");
        assertTrue(permits("/a", 1, 1));
        setData("/zookeeper/quota/a/zookeeper_limits", null);
        assertTrue(permits("/a", 1, 1));
        setData("/zookeeper/quota/a/zookeeper_limits", "countHardLimit=0");
        assertFalse(permits("/a", 1, 1));
    }

    /** The texts of quotas change by themselves, and a server that loads them must come to the same as the others. */
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

    @Test
    void shouldFindTheNearestQuota()
    {
        limit("/a/b", "count=10,bytes=10");
        final UnsafeBuffer path = TestTree.bytes("/a/b/c");

        assertEquals(tree.find("/zookeeper/quota/a/b"), quotas.quotaOf(path, 0, 6));
        assertEquals(DataTree.NONE, quotas.quotaOf(path, 0, 2));
    }

    @Test
    void shouldKnowTheSameAsARecountAfterManyChanges()
    {
        final Random random = new Random(4711);
        final List<String> paths = new ArrayList<>(List.of("/a"));
        create("/a", "");
        limit("/a", "count=-1,bytes=-1");
        limit("/a/1", "count=-1,bytes=-1");
        limit("/a/2/1", "count=-1,bytes=-1");

        for (int i = 0; i < 3_000; i++)
        {
            change(random, paths);
            if (i % 50 == 0)
            {
                takeLimitsOrGiveThemBack("/zookeeper/quota/a" + List.of("", "/1", "/2/1").get(random.nextInt(3)) +
                    "/zookeeper_limits");
            }

            if (i % 500 == 0)
            {
                final String before = usage("/a") + usage("/a/1") + usage("/a/2/1");
                new QuotaTable(tree.tree(), true).rebuild();
                assertEquals(before, usage("/a") + usage("/a/1") + usage("/a/2/1"));
            }
        }
    }

    private void takeLimitsOrGiveThemBack(final String limits)
    {
        if (tree.find(limits) == DataTree.NONE)
        {
            create(limits, "count=-1,bytes=-1");
        }
        else
        {
            delete(limits);
        }
    }

    private void change(final Random random, final List<String> paths)
    {
        final String path = paths.get(random.nextInt(paths.size()));

        switch (random.nextInt(3))
        {
            case 0 -> {
                final String child = path + "/" + random.nextInt(4);

                if (tree.find(child) == DataTree.NONE && child.length() < 12)
                {
                    create(child, random.nextBoolean() ? null : "x".repeat(random.nextInt(40)));
                    paths.add(child);
                }
            }
            case 1 -> setData(path, "y".repeat(random.nextInt(40)));
            default -> {
                if (paths.size() > 1 && !path.equals("/a") && tree.tree().childCount(tree.find(path)) == 0)
                {
                    delete(path);
                    paths.remove(path);
                }
            }
        }
    }
}
