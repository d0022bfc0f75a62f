/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SessionIdsTest
{
    @Test
    void shouldTellServersAndEpochsApart()
    {
        final SessionIds ids = new SessionIds(3, 0x12_3456);

        assertEquals(0x0312_3456_0000_0001L, ids.next());
        assertEquals(0x0312_3456_0000_0002L, ids.next());
        assertEquals(0x0312_3457_0000_0001L, new SessionIds(3, 0x12_3457).next());
        assertEquals(0xFF00_0001_0000_0001L, new SessionIds(SessionIds.SERVER_ID_MAX, 1).next());
        assertEquals(1, new SessionIds(0, 0).next());
    }

    @Test
    void shouldKeepALongEpochOutOfTheServersByte()
    {
        assertEquals(0x03FF_FFFF_0000_0001L, new SessionIds(3, 0x7FFF_FFFFL).next());
    }

    @Test
    void shouldRefuseAServerThatHasNoPlaceInAnId()
    {
        assertThrows(IllegalArgumentException.class, () -> new SessionIds(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SessionIds(SessionIds.SERVER_ID_MAX + 1, 1));
    }
}
