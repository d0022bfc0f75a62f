/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * Count and checksum of what goes by a bulk stream during synchronization. Leader and learner both keep one; the leader
 * sends its own at the end, and the learner compares. So a message that was lost or changed on its way is found.
 */
public final class BulkCheck
{
    private static final int COPY_LENGTH = 4096;

    private final CRC32C crc = new CRC32C();
    private final byte[] copy = new byte[COPY_LENGTH];
    private long count;

    /**
     * Adds one message.
     *
     * @param zxid   of a record, or length of the bytes of a snapshot file.
     * @param buffer holds its bytes.
     * @param offset of them.
     * @param length of them.
     */
    public void on(final long zxid, final DirectBuffer buffer, final int offset, final int length)
    {
        count++;
        for (int i = 0; i < Long.BYTES; i++)
        {
            copy[i] = (byte)(zxid >>> (i * Byte.SIZE));
        }

        // Number and message are summed up with one call where they are short: each call has a cost of its own.
        int done = update(Long.BYTES, buffer, offset, length);
        while (done < length)
        {
            done += update(0, buffer, offset + done, length - done);
        }
    }

    private int update(final int copied, final DirectBuffer buffer, final int offset, final int length)
    {
        final int piece = Math.min(COPY_LENGTH - copied, length);
        buffer.getBytes(offset, copy, copied, piece);
        crc.update(copy, 0, copied + piece);

        return piece;
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
