/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * Joins CRC-32s: that of A followed by B from those of A and B alone, for a B of fixed length. The CRC is linear
 * over bits, so what the length of B does to the CRC of A is a matrix; it is kept as four tables, one for each
 * byte.
 */
final class CrcShift
{
    private static final int POLYNOMIAL = 0xEDB8_8320;
    private static final int TABLE_LENGTH = 256;

    private final int[] tables = new int[4 * TABLE_LENGTH];

    CrcShift(final int followingLength)
    {
        final int[] byByte = new int[TABLE_LENGTH];
        for (int i = 0; i < TABLE_LENGTH; i++)
        {
            int crc = i;
            for (int bit = 0; bit < Byte.SIZE; bit++)
            {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            byByte[i] = crc;
        }

        for (int i = 0; i < tables.length; i++)
        {
            int crc = (i % TABLE_LENGTH) << (i / TABLE_LENGTH * Byte.SIZE);
            for (int n = 0; n < followingLength; n++)
            {
                crc = (crc >>> Byte.SIZE) ^ byByte[crc & 0xFF];
            }
            tables[i] = crc;
        }
    }

    /** The CRC-32 of both parts. */
    int join(final int first, final int second)
    {
        return second ^ tables[first & 0xFF] ^ tables[TABLE_LENGTH + ((first >>> 8) & 0xFF)] ^ tables[2 * TABLE_LENGTH +
            ((first >>> 16) & 0xFF)] ^ tables[3 * TABLE_LENGTH + (first >>> 24)];
    }
}
