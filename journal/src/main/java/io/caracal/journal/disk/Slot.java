/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * One slot of a {@link TwoSlotFile} in memory, with the same layout as on disk. Little-endian. Not thread-safe.
 *
 * <pre>
 *   magic u64 | sequence i64 | length i32 | CRC32C u32 of all the rest | payload
 * </pre>
 */
final class Slot
{
    /** Length of what precedes the payload. */
    static final int HEADER_LENGTH = 24;

    private static final long MAGIC = 0x31544F4C53434143L;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int LENGTH_OFFSET = 16;
    private static final int CRC_OFFSET = 20;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer buffer;

    /** Creates a blank slot of the given length. */
    Slot(final int length)
    {
        buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the slot at a position of a file. What lies beyond the end of the file counts as zeros. */
    void read(final FileChannel channel, final long position) throws IOException
    {
        buffer.clear();
        while (buffer.hasRemaining())
        {
            if (channel.read(buffer, position + buffer.position()) < 0)
            {
                buffer.put(buffer.position(), new byte[buffer.remaining()]);
                return;
            }
        }
    }

    /** Whether the slot was never written. */
    boolean isBlank()
    {
        return buffer.getLong(0) == 0 && sequence() == 0;
    }

    /** Whether something was written, which need not be whole any more. */
    boolean isWritten()
    {
        return buffer.getLong(0) == MAGIC;
    }

    boolean isValid()
    {
        final int length = buffer.getInt(LENGTH_OFFSET);
        return buffer.getLong(0) == MAGIC && length >= 0 && length <= buffer.capacity() - HEADER_LENGTH &&
            buffer.getInt(CRC_OFFSET) == checksum(length);
    }

    long sequence()
    {
        return buffer.getLong(SEQUENCE_OFFSET);
    }

    /** Returns a copy of the payload. Only for a valid slot. */
    byte[] payload()
    {
        final byte[] payload = new byte[buffer.getInt(LENGTH_OFFSET)];
        buffer.get(HEADER_LENGTH, payload);
        return payload;
    }

    /** Fills the slot with contents, which must fit. */
    void fill(final long sequence, final byte[] contents)
    {
        buffer.clear();
        buffer.putLong(0, MAGIC).putLong(SEQUENCE_OFFSET, sequence).putInt(LENGTH_OFFSET, contents.length);
        buffer.put(HEADER_LENGTH, contents);
        buffer.putInt(CRC_OFFSET, checksum(contents.length));
    }

    /** Returns header and payload, to be written. The writer consumes the buffer, so call this again for each write. */
    ByteBuffer bytes()
    {
        return buffer.position(0).limit(HEADER_LENGTH + buffer.getInt(LENGTH_OFFSET));
    }

    private int checksum(final int length)
    {
        crc.reset();
        crc.update(buffer.duplicate().position(0).limit(CRC_OFFSET));
        crc.update(buffer.duplicate().position(HEADER_LENGTH).limit(HEADER_LENGTH + length));
        return (int)crc.getValue();
    }
}
