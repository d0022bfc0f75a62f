/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.throttle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConnectionThrottleTest
{
    private static final double NEVER_DROPPED = 0.999;

    private static ThrottleSettings bucket(final int tokens, final int fillTimeMs, final int fillCount)
    {
        return new ThrottleSettings(tokens, fillTimeMs, fillCount, -1, 0.02, 0.002, 0, false, 3, 2, 1);
    }

    private static int accepted(final ConnectionThrottle throttle, final int tries, final long nowMs)
    {
        int accepted = 0;

        for (int i = 0; i < tries; i++)
        {
            accepted += throttle.tryNewGlobalSession(nowMs, NEVER_DROPPED) ? 1 : 0;
        }

        return accepted;
    }

    @Test
    void shouldRefuseNothingByDefault()
    {
        final ConnectionThrottle throttle = new ConnectionThrottle(ThrottleSettings.defaults(), 0);

        assertFalse(throttle.isOn());
        assertEquals(100, accepted(throttle, 100, 0));
        assertTrue(throttle.tryRenewSession(0, 0));
    }

    @Test
    void shouldBeginFullAndFillWithTime()
    {
        final ConnectionThrottle throttle = new ConnectionThrottle(bucket(5, 10, 2), 1_000);

        assertTrue(throttle.isOn());
        assertEquals(5, accepted(throttle, 100, 1_000));
        assertEquals(5, throttle.tokenDeficit());
        assertEquals(0, accepted(throttle, 100, 1_010), "filled only when more than the fill time has gone");
        assertEquals(4, accepted(throttle, 100, 1_020));
        assertEquals(0, accepted(throttle, 100, 1_025));
        assertEquals(5, accepted(throttle, 100, Long.MAX_VALUE / 2), "never above its size");
    }

    @Test
    void shouldNeverFillWithoutFillCount()
    {
        final ConnectionThrottle throttle = new ConnectionThrottle(bucket(2, 1, 0), 0);

        assertEquals(2, accepted(throttle, 10, 0));
        assertEquals(0, accepted(throttle, 10, 1_000_000));
    }

    @Test
    void shouldWeighKindsOfHandshakes()
    {
        final ConnectionThrottle throttle = new ConnectionThrottle(new ThrottleSettings(2, 10, 1, -1, 0, 0, 0, true, 3,
            2, 1), 0);

        assertTrue(throttle.tryNewGlobalSession(0, 0));
        assertEquals(3, throttle.tokenDeficit());
        assertTrue(throttle.tryRenewSession(0, 0));
        assertEquals(5, throttle.tokenDeficit());
        assertFalse(throttle.tryRenewSession(0, 0));
        assertTrue(throttle.tryNewGlobalSession(11, 0), "a fill is worth one global session as well");
    }

    @Test
    void shouldCountOneForEachKindWithoutWeights()
    {
        final ConnectionThrottle throttle = new ConnectionThrottle(bucket(3, 10, 1), 0);

        assertTrue(throttle.tryNewGlobalSession(0, 0) && throttle.tryRenewSession(0, 0));
        assertEquals(2, throttle.tokenDeficit());
    }

    @Test
    void shouldAdaptDropProbability()
    {
        final ConnectionThrottle throttle = new ConnectionThrottle(new ThrottleSettings(2, 1_000, 1, 10, 0.5, 0.25, 0.5,
            false, 3, 2, 1), 0);
        assertEquals(2, accepted(throttle, 5, 0));
        assertEquals(0, throttle.dropProbability());

        accepted(throttle, 1, 11);
        assertEquals(0.5, throttle.dropProbability(), "the bucket was found empty");
        accepted(throttle, 3, 12);
        assertEquals(0.5, throttle.dropProbability(), "frozen");
        accepted(throttle, 1, 22);
        accepted(throttle, 1, 33);
        assertEquals(1, throttle.dropProbability(), "never above 1");

        assertFalse(throttle.tryNewGlobalSession(1_100, 0.7), "dropped by chance");
        assertEquals(0.75, throttle.dropProbability(), "half of the bucket is there");
        assertTrue(throttle.tryNewGlobalSession(1_101, 0.8));
        assertFalse(throttle.tryNewGlobalSession(1_102, 0.8), "not dropped, but the bucket is empty");
    }

    @Test
    void shouldPutWeightsRight()
    {
        final ThrottleSettings settings = new ThrottleSettings(0, 1, 1, -1, 0, 0, 0, true, 0, -1, 5);
        assertEquals(5, settings.globalSessionWeight());
        assertEquals(5, settings.renewSessionWeight());

        final ThrottleSettings none = new ThrottleSettings(0, 1, 1, -1, 0, 0, 0, true, 0, 0, 0);
        assertEquals("3 2 1", none.globalSessionWeight() + " " + none.renewSessionWeight() + " " +
            none.localSessionWeight());
    }

    @Test
    void shouldRefuseSettingsOutOfRange()
    {
        assertThrows(IllegalArgumentException.class, () -> bucket(-1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> bucket(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> bucket(1, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> new ThrottleSettings(1, 1, 1, -2, 0, 0, 0, false, 3, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> new ThrottleSettings(1, 1, 1, 1, 1.5, 0, 0, false, 3, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> new ThrottleSettings(1, 1, 1, 1, 0, Double.NaN, 0, false, 3,
            2, 1));
        assertThrows(IllegalArgumentException.class, () -> new ThrottleSettings(1, 1, 1, 1, 0, 0, -0.1, false, 3, 2,
            1));
    }
}
