/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** Counts what goes by a bulk stream and sums it up, the same way on both sides. */
public final class BulkCheck
{
    private static final int COPY_LENGTH = 4096;

    private final CRC32C crc = new CRC32C();
    private final byte[] copy = new byte[COPY_LENGTH];
    private long count;

    /**
     * One message went.
     *
     * @param zxid   of a record, or length of the bytes of a snapshot file.
     * @param buffer holds its bytes.
     * @param offset of them.
     * @param length of them.
     */
    public void on(final long zxid, final DirectBuffer buffer, final int offset, final int length)
    {
        count++;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE)
        {
            crc.update((int)(zxid >>> shift) & 0xFF);
        }
        update(buffer, offset, length);
    }

    private void update(final DirectBuffer buffer, final int offset, final int length)
    {
        int done = 0;
        while (done < length)
        {
            final int piece = Math.min(COPY_LENGTH, length - done);
            buffer.getBytes(offset + done, copy, 0, piece);
            crc.update(copy, 0, piece);
            done += piece;
        }
    }

    /**
     * Messages so far.
     *
     * @return zero or more.
     */
    public long count()
    {
        return count;
    }

    /**
     * CRC32C of everything so far.
     *
     * @return the sum.
     */
    public int crc()
    {
        return (int)crc.getValue();
    }
}
