/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the model says of the usage of quotas. */
class QuotaModelTest
{
    private static final String NO_LIMITS = RationedLog.hard(-1, -1);
    private static final String LIMITS = "/zookeeper/quota/a/zookeeper_limits";
    private static final String USAGE = "/zookeeper/quota/a/zookeeper_stats";

    private final RationedLog rationed = new RationedLog();

    @BeforeEach
    void createSomeZnodes()
    {
        rationed.create("/a", "1");
        rationed.create("/a/b", "22");
        rationed.create("/ab", "333");
        rationed.limit("/a", NO_LIMITS);
    }

    @Test
    void shouldCountWhatIsThere()
    {
        assertEquals("count=2,bytes=3", rationed.usage("/a"));
        rationed.create("/a/c", "4444");
        rationed.set("/a/b", "55555");
        assertEquals("count=3,bytes=10", rationed.usage("/a"));
        rationed.delete("/a/b");
        assertEquals("count=2,bytes=5", rationed.usage("/a"));
    }

    @Test
    void shouldCountTowardsTheNearestQuotaOnly()
    {
        rationed.limit("/a/b", NO_LIMITS);
        rationed.create("/a/b/c", "4444");
        assertEquals("count=1,bytes=1", rationed.usage("/a"));
        assertEquals("count=2,bytes=6", rationed.usage("/a/b"));
        rationed.delete("/zookeeper/quota/a/b/zookeeper_limits");
        assertEquals("count=3,bytes=7", rationed.usage("/a"));
        assertEquals("count=2,bytes=6", rationed.usage("/a/b"));
    }

    @Test
    void shouldPutBackWhatAClientOverwrites()
    {
        rationed.set(USAGE, "count=70,bytes=70");
        assertEquals("count=2,bytes=3", rationed.usage("/a"));
        assertEquals(1, rationed.tree.now(USAGE).version());
    }

    @Test
    void shouldLeaveAUsageWithoutLimitsAsItIs()
    {
        rationed.delete(LIMITS);
        rationed.create("/a/c", "");
        assertEquals("count=2,bytes=3", rationed.usage("/a"));
        rationed.set(USAGE, "nothing");
        assertEquals("nothing", rationed.usage("/a"));
        rationed.create(LIMITS, NO_LIMITS);
        assertEquals("count=3,bytes=3", rationed.usage("/a"));
    }

    @Test
    void shouldCountANewUsageThoughThereAreNoLimits()
    {
        rationed.limit("/a/b", NO_LIMITS);
        rationed.delete(USAGE);
        rationed.delete(LIMITS);
        rationed.create(USAGE, "nothing");
        assertEquals("count=1,bytes=1", rationed.usage("/a"));
        rationed.set("/a", "");
        assertEquals("count=1,bytes=1", rationed.usage("/a"));
    }

    @Test
    void shouldCountZnodesOfQuotasWithoutTheirBytes()
    {
        rationed.create("/zookeeper/quota/zookeeper", "");
        rationed.limit("/zookeeper/quota", NO_LIMITS);
        assertEquals("count=8,bytes=0", rationed.usage("/zookeeper/quota"));
    }

    @Test
    void shouldGiveBackWhatGoesWithASession()
    {
        rationed.createEphemeral("/a/e", "4444");
        assertEquals("count=3,bytes=7", rationed.usage("/a"));
        rationed.agree(to -> to.closeSession(true));
        assertEquals("count=2,bytes=3", rationed.usage("/a"));
    }

    /** The znodes of a session go in the order of their creation. */
    @Test
    void shouldCountUntilTheLimitsGoWithTheirSession()
    {
        rationed.delete(LIMITS);
        rationed.createEphemeral("/a/e", "4444");
        rationed.createEphemeral(LIMITS, NO_LIMITS);
        rationed.createEphemeral("/a/f", "4444");
        assertEquals("count=4,bytes=11", rationed.usage("/a"));
        rationed.agree(to -> to.closeSession(true));
        assertEquals("count=3,bytes=7", rationed.usage("/a"));
    }

    @Test
    void shouldCountARestoredTreeWithoutItsEphemerals()
    {
        rationed.createEphemeral("/a/e", "4444");
        rationed.tree.onRestoreSent(5, rationed.log.lastAgreedZxid());
        final long beganZxid = rationed.log.lastAgreedZxid() + 1;
        rationed.tree.apply(TestTxns.session(beganZxid, Txn.Kind.RESTORE, 0, 1, 5));
        rationed.tree.apply(TestTxns.session(beganZxid + 1, Txn.Kind.RESTORED, 0, 1, 5));
        assertEquals("count=2,bytes=3", rationed.usage("/a"));
    }

    @Test
    void shouldReadTextsAsTheServerDoes()
    {
        assertEquals(new QuotaFigures(-1, 5, 7, 0),
            QuotaFigures.of("count=,bytes=5=;byteHardLimit=0;countHardLimit=7"));
        assertEquals(new QuotaFigures(2, -1, -1, -1), QuotaFigures.of("count=1,count=2,bytes=x"));
        assertEquals(new QuotaFigures(-1, -1, -1, -1), QuotaFigures.of(""));
    }
}
