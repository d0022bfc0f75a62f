/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class EpochEndsTest
{
    private final EpochEnds ends = new EpochEnds();

    private void log(final long epoch, final int count)
    {
        for (int counter = 1; counter <= count; counter++)
        {
            ends.onLogged(Zxid.pack(epoch, counter));
        }
    }

    @Test
    void shouldFindTheLastCommonTransaction()
    {
        log(1, 50);
        log(3, 7);
        assertEquals(Zxid.pack(1, 20), ends.floor(Zxid.pack(1, 20)));
        assertEquals(Zxid.pack(1, 50), ends.floor(Zxid.pack(1, 60)));
        assertEquals(Zxid.pack(1, 50), ends.floor(Zxid.pack(2, 9)));
        assertEquals(Zxid.pack(3, 7), ends.floor(Zxid.pack(3, 8)));
        assertEquals(Zxid.pack(3, 7), ends.floor(Zxid.pack(9, 1)));
        assertEquals(0, ends.floor(0));
        assertEquals(EpochEnds.UNKNOWN, ends.floor(-1));
    }

    @Test
    void shouldForgetWhatIsCut()
    {
        log(1, 50);
        log(2, 7);
        ends.truncate(Zxid.pack(1, 40));
        assertEquals(Zxid.pack(1, 40), ends.floor(Zxid.pack(2, 7)));
        log(3, 1);
        assertArrayEquals(new long[]{ Zxid.pack(1, 40), Zxid.pack(3, 1) }, ends.upTo(Zxid.pack(3, 1)));
    }

    @Test
    void shouldCountWhatLiesBetweenTwoTransactions()
    {
        log(1, 50);
        log(2, 7);
        log(4, 3);
        assertEquals(0, ends.countBetween(Zxid.pack(1, 30), Zxid.pack(1, 30)));
        assertEquals(5, ends.countBetween(Zxid.pack(1, 30), Zxid.pack(1, 35)));
        assertEquals(20 + 7 + 2, ends.countBetween(Zxid.pack(1, 30), Zxid.pack(4, 2)));
        assertEquals(7, ends.countBetween(Zxid.pack(1, 50), Zxid.pack(2, 7)));
        assertEquals(50 + 4, ends.countBetween(0, Zxid.pack(2, 4)));
    }

    @Test
    void shouldTellASnapshotOnlyWhatItHolds()
    {
        log(1, 50);
        log(2, 7);
        assertArrayEquals(new long[]{ Zxid.pack(1, 30) }, ends.upTo(Zxid.pack(1, 30)));
    }

    @Test
    void shouldNotClaimToKnowWhatItForgot()
    {
        for (int epoch = 1; epoch <= EpochEnds.ROWS_MAX + 1; epoch++)
        {
            log(epoch, 2);
        }
        assertFalse(ends.isComplete());
        assertEquals(EpochEnds.UNKNOWN, ends.floor(Zxid.pack(1, 2)));
        assertEquals(Zxid.pack(2, 1), ends.floor(Zxid.pack(2, 1)));
    }

    /** A snapshot that was loaded tells only of later epochs. */
    @Test
    void shouldNotClaimToKnowWhatItWasNotTold()
    {
        log(1, 50);
        ends.restart(false);
        log(3, 7);
        assertFalse(ends.isComplete());
        assertEquals(EpochEnds.UNKNOWN, ends.floor(Zxid.pack(1, 50)));
        ends.restart(true);
        log(3, 7);
        assertEquals(0, ends.floor(Zxid.pack(1, 50)));
    }
}
