/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ApplyDelayTest
{
    private final ApplyDelay delay = new ApplyDelay();

    private void assertDelay(final long expectedNs, final long nowNs, final long committedZxid, final long appliedZxid)
    {
        delay.advance(nowNs, committedZxid, appliedZxid);
        assertEquals(expectedNs, delay.delayNs(nowNs));
    }

    @Test
    void shouldTellForHowLongACommittedTransactionWaits()
    {
        assertDelay(0, 100, 7, 7);
        assertDelay(0, 200, 9, 7);
        assertDelay(50, 250, 12, 8);
        assertDelay(0, 300, 12, 12);
    }

    /** Many have waited as long as the one that was measured, so the delay does not begin at zero again. */
    @Test
    void shouldRememberTheLastOneWhileOthersWait()
    {
        assertDelay(0, 200, 9, 7);
        assertDelay(70, 270, 50, 9);
        assertDelay(70, 300, 60, 40);
        assertDelay(90, 360, 60, 49);
        assertDelay(100, 370, 60, 50);
        assertDelay(0, 380, 60, 60);
        assertDelay(0, 390, 61, 60);
    }
}
