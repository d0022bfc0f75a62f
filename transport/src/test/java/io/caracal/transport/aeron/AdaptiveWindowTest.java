/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.CongestionControl;
import org.junit.jupiter.api.Test;

class AdaptiveWindowTest
{
    private static final int PACKET = 1024;
    private static final int MOST = 1 << 20;

    private final AdaptiveWindow window = new AdaptiveWindow(PACKET, MOST);
    private long position;

    @Test
    void shouldBeginWithAFewPackets()
    {
        assertEquals(AdaptiveWindow.INITIAL_LENGTH, window.initialWindowLength());
        assertEquals(MOST, window.maxWindowLength());
        assertEquals(PACKET, new AdaptiveWindow(PACKET, PACKET).initialWindowLength());
        assertEquals(AdaptiveWindow.LEAST_PACKETS * 65_504, new AdaptiveWindow(65_504, MOST).initialWindowLength());
    }

    @Test
    void shouldDoubleWithEachWindowUntilItIsLongest()
    {
        arrive(0);
        assertEquals(2 * AdaptiveWindow.INITIAL_LENGTH, arrive(AdaptiveWindow.INITIAL_LENGTH));
        assertEquals(MOST, arrive(MOST));
        assertEquals(MOST, arrive(MOST));
    }

    @Test
    void shouldGrowByTwoPacketsWithEachWindowAfterALoss()
    {
        arrive(0);
        int length = lose(0);
        assertEquals(length, arrive(length - 1));
        length = arrive(1);
        assertEquals(AdaptiveWindow.INITIAL_LENGTH / 4 * 3 + AdaptiveWindow.GROWTH_PACKETS * PACKET, length);
        assertEquals(length + AdaptiveWindow.GROWTH_PACKETS * PACKET, arrive(length));

        for (int i = 0; i < MOST / PACKET; i++)
        {
            length = arrive(length);
        }

        assertEquals(MOST, length);
    }

    @Test
    void shouldTakeAllGapsOfOneFlightForOneLoss()
    {
        arrive(0);
        final int length = lose(10 * PACKET);
        assertEquals(AdaptiveWindow.INITIAL_LENGTH / 4 * 3, length);
        position += 9 * PACKET;
        assertEquals(length, lose(PACKET));
        position += PACKET;
        assertTrue(lose(PACKET) < length, "what was sent later is another flight");
    }

    @Test
    void shouldNotGrowBeforeTheFlightOfALossHasArrived()
    {
        arrive(0);
        final int flight = 4 * AdaptiveWindow.INITIAL_LENGTH;
        final int length = lose(flight);
        assertEquals(length, arrive(flight - 1));
    }

    @Test
    void shouldKeepSomePackets()
    {
        arrive(0);
        int length = 0;

        for (int i = 0; i < 20; i++)
        {
            length = lose(PACKET);
            position += PACKET;
        }

        assertEquals(AdaptiveWindow.LEAST_LENGTH, length);
    }

    @Test
    void shouldStayInBoundsWhenNobodyReads()
    {
        arrive(0);
        assertEquals(MOST, track(Long.MAX_VALUE, 0, false));
        assertEquals(MOST, track(0, 0, false));
        assertEquals(MOST, track(PACKET, PACKET, false));
    }

    /** Reads so many bytes that arrived without a gap. */
    private int arrive(final int length)
    {
        position += length;

        return track(position, position, false);
    }

    /** Finds a gap, with so many bytes behind it. */
    private int lose(final int length)
    {
        return track(position, position + length, true);
    }

    private int track(final long consumed, final long hwm, final boolean isLost)
    {
        final long outcome = window.onTrackRebuild(0, consumed, 0, hwm, consumed, consumed, isLost);

        return CongestionControl.receiverWindowLength(outcome);
    }
}
