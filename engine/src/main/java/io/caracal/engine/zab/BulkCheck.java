/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * Count and checksum of the messages sent over a bulk stream during synchronization. Leader and learner each keep one.
 * At the end the leader sends its own and the learner compares the two, which reveals a message that was lost or
 * changed on the way.
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
     * @param zxid   of a record; for a piece of a snapshot file, the length of the piece.
     * @param buffer holds the bytes of the message.
     * @param offset of the bytes.
     * @param length of the bytes.
     */
    public void on(final long zxid, final DirectBuffer buffer, final int offset, final int length)
    {
        count++;
        for (int i = 0; i < Long.BYTES; i++)
        {
            copy[i] = (byte)(zxid >>> (i * Byte.SIZE));
        }

        // A short message is summed in one call together with its number, because each call has a fixed cost.
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
     * Number of messages added so far.
     *
     * @return zero or more.
     */
    public long count()
    {
        return count;
    }

    /**
     * CRC32C of everything added so far.
     *
     * @return the sum.
     */
    public int crc()
    {
        return (int)crc.getValue();
    }
}
