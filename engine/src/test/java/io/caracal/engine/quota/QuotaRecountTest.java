/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.tree.DataTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests when a usage is counted again, when it is only corrected, and when that is postponed. */
class QuotaRecountTest extends QuotaFixture
{
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

    /** A tree that was imported may hold what another server counted by other rules, or nothing that can be read. */
    @Test
    void shouldCountEveryUsageOfALoadedTreeAnew()
    {
        limit("/a", "count=10,bytes=10");
        limit("/a/b", "count=10,bytes=10");
        create("/a", "12345");
        create("/a/b", "1");
        tree.setData(STATS_OF_A, "count=77,bytes=7");
        tree.setData("/zookeeper/quota/a/b/zookeeper_stats", "nonsense");
        quotas.rebuild();

        assertEquals("count=1,bytes=5", usage("/a"));
        assertEquals("count=1,bytes=1", usage("/a/b"));
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

    /** The path of each quota is copied, and a path can be as long as a request. */
    @ParameterizedTest
    @CsvSource({ "1, false", "6400, true" })
    void shouldSayThatPathsOfQuotasWereLong(final int nameLength, final boolean isLong)
    {
        limit("/a", "count=10,bytes=10");
        for (int i = 0; i < 100; i++)
        {
            final String quota = "/zookeeper/quota/a/" + "n".repeat(nameLength) + i;
            tree.create(quota, null);
            tree.create(quota + "/zookeeper_limits", "count=10,bytes=10");
        }
        quotas.onTxnEnd();
        createUsageAgain();
        quotas.onTxnEnd();

        assertEquals(isLong, quotas.isLastTxnLong());
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

        // What is known of one usage is not mistaken for that of another.
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

    /** Other servers, which have not just loaded a snapshot, must get the same result. */
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

    /** Makes the quota of /a so large that recounting it examines as many znodes as one transaction may. */
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
