/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LinePaceTest
{
    private static final long PERIOD_NS = 1_000;

    private final LinePace pace = new LinePace(2, PERIOD_NS);

    @Test
    void shouldAdmitSoManyInAPeriodThatBeginsWithTheFirst()
    {
        assertTrue(pace.isOver(-5));
        assertTrue(pace.admits(-5));
        assertTrue(pace.admits(600));
        assertFalse(pace.admits(PERIOD_NS - 6));
        assertFalse(pace.isOver(PERIOD_NS - 6));

        assertTrue(pace.isOver(PERIOD_NS - 5));
        assertTrue(pace.admits(PERIOD_NS - 5));
        assertFalse(pace.isOver(PERIOD_NS));
        assertTrue(pace.admits(PERIOD_NS));
        assertFalse(pace.admits(PERIOD_NS));
    }

    /** The monotonic clock of a machine may start anywhere, even shortly before it overflows. */
    @Test
    void shouldBearAClockThatOverflows()
    {
        assertTrue(pace.admits(Long.MAX_VALUE));
        assertTrue(pace.admits(Long.MAX_VALUE));
        assertFalse(pace.admits(Long.MAX_VALUE + PERIOD_NS - 1));
        assertTrue(pace.admits(Long.MAX_VALUE + PERIOD_NS));
    }
}
