/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ZxidTest
{
    @Test
    void shouldPackEpochAndCounter()
    {
        final long zxid = Zxid.pack(7, 0xFFFF_FFFFL);

        assertEquals(7, Zxid.epoch(zxid));
        assertEquals(0xFFFF_FFFFL, Zxid.counter(zxid));
        assertEquals(0x7_FFFF_FFFFL, zxid);
    }

    @Test
    void shouldFollowWithinAnEpochAndIntoALaterOne()
    {
        assertTrue(Zxid.follows(Zxid.pack(1, 2), Zxid.pack(1, 1)));
        assertTrue(Zxid.follows(Zxid.pack(3, 1), Zxid.pack(1, 9)));
    }

    @Test
    void shouldNotFollowOverAHole()
    {
        assertFalse(Zxid.follows(Zxid.pack(1, 3), Zxid.pack(1, 1)));
        assertFalse(Zxid.follows(Zxid.pack(2, 2), Zxid.pack(1, 9)));
        assertFalse(Zxid.follows(Zxid.pack(1, 1), Zxid.pack(1, 1)));
        assertFalse(Zxid.follows(Zxid.pack(1, 1), Zxid.pack(2, 9)));
    }

    @Test
    void shouldNotFollowByOverflowOfTheCounter()
    {
        assertFalse(Zxid.follows(Zxid.pack(2, 0), Zxid.pack(1, 0xFFFF_FFFFL)));
    }
}
