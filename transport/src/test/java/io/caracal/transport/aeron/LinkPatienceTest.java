/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LinkPatienceTest
{
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TIMEOUT_NS = 2_000 * MS;
    private static final long LEAST_NS = 250 * MS;
    private static final long LOOK_NS = 50 * MS;
    private static final long STOP_NS = 1_500 * MS;

    private long nowNs = 17 * MS;
    private final LinkPatience patience = new LinkPatience(TIMEOUT_NS, nowNs + TIMEOUT_NS);

    @Test
    void shouldHaveHalfOfTheTimeForEachStep()
    {
        patience.onLook(1, nowNs);
        lookFor(TIMEOUT_NS / 2 - 1);
        assertFalse(isHalfOver());
        patience.onLook(2, nowNs);
        lookFor(TIMEOUT_NS / 2 - 1);
        assertFalse(isHalfOver());
        lookFor(1);
        assertTrue(isHalfOver());
        lookFor(TIMEOUT_NS / 2 - 1);
        assertFalse(patience.isOver(nowNs));
        lookFor(1);
        assertTrue(patience.isOver(nowNs));
    }

    /** What arrived while this process was stopped has not been read yet. */
    @Test
    void shouldWaitAnewForWhatIsMissingAfterAStop()
    {
        patience.onLook(1, nowNs);
        lookFor(3 * LOOK_NS);
        nowNs += STOP_NS;
        patience.onLook(1, nowNs);
        assertFalse(isHalfOver());
        lookFor(LEAST_NS - 1);
        assertFalse(isHalfOver());
        lookFor(1 + LOOK_NS);
        assertTrue(isHalfOver());
    }

    @Test
    void shouldWaitAnewInEachStepAfterAStop()
    {
        patience.onLook(1, nowNs);
        nowNs += STOP_NS;
        patience.onLook(1, nowNs);
        patience.onLook(2, nowNs);
        nowNs += STOP_NS;
        patience.onLook(2, nowNs);
        assertFalse(isHalfOver());
    }

    /** On a machine with little time for the loop, it would otherwise wait for ever. */
    @Test
    void shouldNotWaitAnewEachTimeThatALoopComesRoundSeldom()
    {
        patience.onLook(1, nowNs);
        for (int i = 0; i < 4; i++)
        {
            nowNs += 8 * LOOK_NS;
            patience.onLook(1, nowNs);
        }

        assertTrue(isHalfOver());
    }

    @Test
    void shouldWantToBeLookedAtOftenAndAtItsEnd()
    {
        patience.onLook(1, nowNs);
        assertEquals(nowNs + LOOK_NS, patience.nextLookNs());
        lookFor(TIMEOUT_NS - 1);
        assertEquals(patience.deadlineNs(), patience.nextLookNs());
    }

    private boolean isHalfOver()
    {
        return patience.isHalfOver(nowNs, LEAST_NS);
    }

    private void lookFor(final long durationNs)
    {
        final long untilNs = nowNs + durationNs;
        while (nowNs < untilNs)
        {
            nowNs = Math.min(untilNs, nowNs + LOOK_NS);
            patience.onLook(0, nowNs);
        }
    }
}
