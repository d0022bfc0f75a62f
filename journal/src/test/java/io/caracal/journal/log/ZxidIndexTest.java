/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ZxidIndexTest
{
    private final ZxidIndex index = new ZxidIndex(7, 10L * ZxidIndex.STRIDE);

    @Test
    void shouldFindTheEntryAtOrBefore()
    {
        index.add(5, 100);
        index.add(7, 100 + ZxidIndex.STRIDE);
        index.add(9, 100 + 2L * ZxidIndex.STRIDE);

        assertEquals(-1, index.floorPosition(4, -1));
        assertEquals(100, index.floorPosition(5, -1));
        assertEquals(100, index.floorPosition(6, -1));
        assertEquals(100 + ZxidIndex.STRIDE, index.floorPosition(8, -1));
        assertEquals(100 + 2L * ZxidIndex.STRIDE, index.floorPosition(Long.MAX_VALUE, -1));
        assertEquals(RecordPlace.NONE, index.floor(4));
        assertEquals(new RecordPlace(7, 100 + ZxidIndex.STRIDE, 7), index.floor(8));
    }

    @Test
    void shouldKeepOneEntryForAStretch()
    {
        for (int i = 0; i < 1000; i++)
        {
            index.add(i + 1L, i * 1024L);
        }

        assertEquals(11, LongStream.rangeClosed(1, 1000).map(zxid -> index.floorPosition(zxid, -1)).distinct().count());
        assertEquals(64 * 1024L, index.floorPosition(100, -1));
    }
}
