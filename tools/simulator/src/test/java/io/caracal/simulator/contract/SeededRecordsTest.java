/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeededRecordsTest
{
    private static final int OFFSET = 3;

    private final SeededRecords records = new SeededRecords();

    @ParameterizedTest
    @ValueSource(ints = { 1, 4, 63, 64, 65, 100_003 })
    void shouldKnowARecordByEachOfItsBytes(final int length)
    {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[OFFSET + length]);
        copy.putBytes(OFFSET, records.record(7, length), 0, length);
        assertTrue(records.isRecordOf(7, copy, OFFSET, length));

        for (final int index : new int[]{ 0, length / 2, length - 1 })
        {
            copy.putByte(OFFSET + index, (byte)(copy.getByte(OFFSET + index) ^ 1));
            assertFalse(records.isRecordOf(7, copy, OFFSET, length), "byte " + index);
            copy.putByte(OFFSET + index, (byte)(copy.getByte(OFFSET + index) ^ 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 4, 64, 1000 })
    void shouldTellRecordsOfOtherSeedsApart(final int length)
    {
        assertEquals(records.checksum(7, length), new SeededRecords().checksum(7, length));
        assertNotEquals(records.checksum(7, length), records.checksum(8, length));
    }
}
