/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatsTest
{
    private long nowNs;
    private final Repeats repeats = new Repeats(() -> nowNs);

    @Test
    void shouldTellTheSameOnceAMinute()
    {
        assertTrue(repeats.isNew("a"));
        assertFalse(repeats.isNew("a"));
        assertTrue(repeats.isNew("b"));
        nowNs = TimeUnit.MINUTES.toNanos(1) - 1;
        assertFalse(repeats.isNew("a"));
        nowNs++;
        assertTrue(repeats.isNew("a"));
    }

    @Test
    void shouldTellNoMoreThanSomeInAMinute()
    {
        for (int i = 0; i < Repeats.NEWS_MAX; i++)
        {
            assertTrue(repeats.isNew("server " + i));
        }

        assertFalse(repeats.isNew("one more"));
        nowNs = TimeUnit.MINUTES.toNanos(1);
        assertTrue(repeats.isNew("one more"));
    }

    @Test
    void shouldTellAgainWhatWasCleared()
    {
        assertTrue(repeats.isNew("a"));
        repeats.clear();
        assertTrue(repeats.isNew("a"));
    }
}
