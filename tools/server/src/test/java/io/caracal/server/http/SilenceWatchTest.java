/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SilenceWatchTest
{
    private static final long LIMIT_NS = 100;

    private long nowNs;
    private final SilenceWatch watch = new SilenceWatch(LIMIT_NS, () -> nowNs);

    @AfterEach
    void forget()
    {
        Thread.interrupted();
    }

    @Test
    void shouldInterruptWhoWaitsForTooLong()
    {
        watch.begin();
        nowNs = LIMIT_NS;
        watch.look();
        assertFalse(Thread.currentThread().isInterrupted());

        nowNs = LIMIT_NS + 1;
        watch.look();
        assertTrue(Thread.currentThread().isInterrupted());
        assertFalse(watch.end());
        assertFalse(Thread.currentThread().isInterrupted(), "what comes next must not be disturbed");
    }

    @Test
    void shouldLeaveAloneWhoGetsSomethingNowAndThen()
    {
        for (int i = 0; i < 10; i++)
        {
            watch.begin();
            nowNs += LIMIT_NS;
            watch.look();
            assertTrue(watch.end());
        }

        nowNs += 10 * LIMIT_NS;
        watch.look();
        assertFalse(Thread.currentThread().isInterrupted(), "it does not wait");
    }
}
