/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.PeerContext;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacketLengthsTest
{
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    private final PacketLengths lengths = new PacketLengths(8192);
    private long nowNs = Long.MAX_VALUE - MINUTE_NS;

    @Test
    void shouldBecomeShorterStepByStep()
    {
        assertEquals(8192, current());
        tooLong(8192);
        assertEquals(1408, current());
        tooLong(1408);
        assertEquals(1216, current());
        tooLong(1216);
        assertEquals(576, current());
        tooLong(576);
        assertEquals(576, current(), "the shortest stays");
    }

    /** A length that the other server's interface does not carry was not tried. */
    @Test
    void shouldBecomeShorterThanWhatWasTried()
    {
        tooLong(1408);
        assertEquals(1216, current());
        tooLong(8192);
        assertEquals(1216, current(), "of an attempt that began before");
    }

    @Test
    void shouldTryLongOnesAgainAfterAWhile()
    {
        tooLong(8192);
        nowNs += MINUTE_NS - 1;
        assertEquals(1408, current());
        nowNs++;
        assertEquals(8192, current());
    }

    /** A server that is restarted often must not wait each time for the same failing attempt. */
    @Test
    void shouldRememberWhatHeldAndTryLongOnesMoreSeldom()
    {
        tooLong(8192);

        for (long pauseNs = MINUTE_NS; pauseNs < DAY_NS; pauseNs *= 4)
        {
            lengths.onEnd(1408, pauseNs - 1);
            nowNs += pauseNs - 1;
            assertEquals(1408, current());
            nowNs++;
            assertEquals(8192, current());
            tooLong(8192);
        }

        nowNs += DAY_NS;
        assertEquals(8192, current(), "never again");
    }

    @Test
    void shouldForgetWhatWasTooLongOnceItHolds()
    {
        tooLong(8192);
        nowNs += MINUTE_NS;
        lengths.onEnd(8192, MINUTE_NS - 1);
        tooLong(8192);
        nowNs += MINUTE_NS;
        assertEquals(1408, current(), "a link that did not last");
        nowNs += 3 * MINUTE_NS;
        lengths.onEnd(8192, MINUTE_NS);
        tooLong(8192);
        nowNs += MINUTE_NS;
        assertEquals(8192, current());
    }

    @Test
    void shouldNeverBeLongerThanTheInterfaceCarries()
    {
        final PacketLengths narrow = new PacketLengths(1344);
        assertEquals(1344, narrow.current(nowNs));
        narrow.onTooLong(1344, nowNs);
        assertEquals(1216, narrow.current(nowNs));
        assertTrue(PeerContext.isMtuLength(new PacketLengths(576).current(nowNs)));
    }

    private int current()
    {
        return lengths.current(nowNs);
    }

    private void tooLong(final int length)
    {
        lengths.onTooLong(length, nowNs);
    }
}
