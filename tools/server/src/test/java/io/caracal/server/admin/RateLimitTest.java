/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RateLimitTest
{
    private static final long INTERVAL_MS = 5;
    private static final long INTERVAL_NS = 5_000_000;

    /** Monotonic clocks may be negative. */
    private long nowNs = Long.MIN_VALUE + 1;

    @Test
    void shouldLetOnePassInEachInterval()
    {
        final RateLimit limit = new RateLimit(INTERVAL_MS, () -> nowNs);
        assertTrue(limit.tryPass());
        nowNs += INTERVAL_NS - 1;
        assertFalse(limit.tryPass());

        nowNs++;
        assertTrue(limit.tryPass(), "the one that was refused does not count");
        assertFalse(limit.tryPass());
    }

    @Test
    void shouldNotCountOneThatIsTakenBack()
    {
        final RateLimit limit = new RateLimit(INTERVAL_MS, () -> nowNs);
        assertTrue(limit.tryPass());
        limit.takeBack();

        assertTrue(limit.tryPass());
        assertFalse(limit.tryPass());
    }

    @Test
    void shouldLetAllPassWithoutAnInterval()
    {
        final RateLimit limit = new RateLimit(0, () -> nowNs);

        assertTrue(limit.tryPass());
        assertTrue(limit.tryPass());
    }

    @Test
    void shouldLetOneOnlyPassInTheLongestInterval()
    {
        final RateLimit limit = new RateLimit(Long.MAX_VALUE, () -> nowNs);
        assertTrue(limit.tryPass());
        nowNs += INTERVAL_NS;

        assertFalse(limit.tryPass());
    }
}
