/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Tests what limits forbid, and which values mean no limit. */
class QuotaLimitsTest extends QuotaFixture
{
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
    void shouldDoWithoutUsage()
    {
        create("/zookeeper/quota/a", null);
        create("/zookeeper/quota/a/zookeeper_limits", "count=0,bytes=0=;countHardLimit=0");
        create("/a", "12345");

        assertTrue(permits("/a/b", 1, 1));
        delete("/a");
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
}
