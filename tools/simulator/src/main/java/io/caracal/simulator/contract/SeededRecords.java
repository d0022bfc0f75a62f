/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Records whose bytes are computed from a seed and their length, so that they can be checked without being kept. */
final class SeededRecords
{
    private static final int GOLDEN = 0x9E3779B9;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[64]);
    private final CRC32C crc = new CRC32C();

    /**
     * Returns a record.
     *
     * @param seed   determines its bytes.
     * @param length of the record.
     * @return holds the record at its beginning, and may be longer; valid until the next call of a method of this
     *         object.
     */
    DirectBuffer record(final long seed, final int length)
    {
        fill(seed, length);

        return record;
    }

    /**
     * Checksum of a record.
     *
     * @param seed   determines its bytes.
     * @param length of the record.
     * @return equals {@link #checksum(DirectBuffer, int, int)} of its bytes.
     */
    long checksum(final long seed, final int length)
    {
        return checksum(record(seed, length), 0, length);
    }

    /**
     * Whether bytes equal those of a record, judged by their checksum.
     *
     * @param seed   of the record.
     * @param buffer holds the bytes.
     * @param offset of the first byte.
     * @param length of the record.
     * @return false when they differ.
     */
    boolean isRecordOf(final long seed, final DirectBuffer buffer, final int offset, final int length)
    {
        return checksum(seed, length) == checksum(buffer, offset, length);
    }

    /**
     * Checksum of bytes.
     *
     * @param buffer holds the bytes.
     * @param offset of the first byte.
     * @param length number of bytes.
     * @return equal for equal bytes.
     */
    long checksum(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        crc.reset();
        crc.update(bytes);

        return crc.getValue();
    }

    private void fill(final long seed, final int length)
    {
        if (record.capacity() < length)
        {
            record.wrap(new byte[length]);
        }

        int value = (int)(seed * GOLDEN) ^ length;
        int index = 0;
        for (; index + Integer.BYTES <= length; index += Integer.BYTES)
        {
            value = value * GOLDEN + 1;
            record.putInt(index, value);
        }

        for (; index < length; index++)
        {
            record.putByte(index, (byte)value);
        }
    }
}
