/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LinePaceTest
{
    private static final long SECOND_NS = 1_000_000_000L;

    private final LinePace pace = new LinePace(2);

    @Test
    void shouldAdmitSoManyASecondAndCountTheOthersOnce()
    {
        assertEquals(0, pace.takeLeftOut(5 * SECOND_NS));
        assertTrue(pace.admits());
        assertTrue(pace.admits());
        assertFalse(pace.admits());
        assertFalse(pace.admits());
        assertEquals(0, pace.takeLeftOut(6 * SECOND_NS - 1), "the second is not over");

        assertEquals(2, pace.takeLeftOut(6 * SECOND_NS));
        assertTrue(pace.admits());
        assertEquals(0, pace.takeLeftOut(7 * SECOND_NS));
    }
}
