/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TailProbeTest
{
    private static final long BEGIN_NS = Long.MAX_VALUE - 1000;
    private static final long LATE_NS = TailProbe.RHYTHM_NS + 1;

    private final TailProbe probe = new TailProbe(false, BEGIN_NS);
    private final TailProbe rhythmic = new TailProbe(true, BEGIN_NS);

    @Test
    void shouldProbeNothingThatNeverCarriedAMessage()
    {
        assertFalse(probe.take(BEGIN_NS + LATE_NS));
        assertEquals(Long.MAX_VALUE, probe.nextNs());
    }

    @Test
    void shouldProbeOnceAWhileAfterTheLastMessage()
    {
        final long lastNs = BEGIN_NS + LATE_NS + 1;
        probe.onSent(BEGIN_NS + LATE_NS);
        probe.onSent(lastNs);

        assertEquals(lastNs + TailProbe.DELAY_NS, probe.nextNs());
        assertFalse(probe.take(lastNs + TailProbe.DELAY_NS - 1));
        assertTrue(probe.take(lastNs + TailProbe.DELAY_NS));
        assertFalse(probe.take(lastNs + LATE_NS));
        assertEquals(Long.MAX_VALUE, probe.nextNs());
    }

    @Test
    void shouldNotFollowARhythm()
    {
        for (int i = 1; i < 4; i++)
        {
            final long nowNs = BEGIN_NS + i * TailProbe.RHYTHM_NS;
            rhythmic.onSent(nowNs);
            rhythmic.onSent(nowNs);
            assertFalse(rhythmic.take(nowNs + TailProbe.DELAY_NS));
        }
    }

    @Test
    void shouldFollowWhatComesBetweenTwoBeats()
    {
        final long nowNs = BEGIN_NS + 2 * TailProbe.RHYTHM_NS - 1;
        rhythmic.onSent(BEGIN_NS + TailProbe.RHYTHM_NS);
        rhythmic.onSent(nowNs);
        rhythmic.onSent(nowNs);

        assertTrue(rhythmic.take(nowNs + TailProbe.DELAY_NS));
    }
}
