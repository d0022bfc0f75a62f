/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;

/**
 * Finds the end of a run of zeros in a file. Reads past the system's cache if the file system allows that. For blocks
 * that were reserved and never written, the system then just returns zeros. It does not fill memory with them, which
 * would take a third of a second for 130 MB. Writes of other processes are seen nevertheless, even those through a
 * mapping, because the system writes them out before such a read. If the cache cannot be bypassed, the file is read
 * normally. Zeros are recognized by the same checksum that decides about records: at a start this runs in code that is
 * not compiled yet, where comparing bytes would take three times as long.
 */
public final class ZeroSpan
{
    private static final int BLOCK_LENGTH = 4096;
    private static final int WINDOW_LENGTH = 256 * 1024;
    private static final long ZEROS_CHECKSUM = checksum(ByteBuffer.allocate(WINDOW_LENGTH));

    private ZeroSpan()
    {
    }

    /**
     * Searches for the first byte that is not zero.
     *
     * @param file to be read.
     * @param from where to begin.
     * @param to   where to stop.
     * @return position of that byte; if there is none, {@code to} or the end of the file, whichever comes first.
     * @throws IOException when the file cannot be read.
     */
    public static long end(final Path file, final long from, final long to) throws IOException
    {
        final ByteBuffer memory = ByteBuffer.allocateDirect(WINDOW_LENGTH + BLOCK_LENGTH);
        final ByteBuffer zeros = ByteBuffer.allocateDirect(WINDOW_LENGTH);

        try
        {
            return end(file, from, to, memory.alignedSlice(BLOCK_LENGTH).limit(WINDOW_LENGTH).slice(), zeros);
        }
        finally
        {
            BufferUtil.free(memory);
            BufferUtil.free(zeros);
        }
    }

    private static long end(final Path file, final long from, final long to, final ByteBuffer window,
        final ByteBuffer zeros) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.DIRECT))
        {
            return end(channel, from, to, window, zeros);
        }
        catch (final IOException | UnsupportedOperationException ex)
        {
            // Not every file system or device can be read in this way. A disk that cannot be read at all fails again
            // below.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
            {
                return end(channel, from, to, window, zeros);
            }
        }
    }

    private static long end(final FileChannel channel, final long from, final long to, final ByteBuffer window,
        final ByteBuffer zeros) throws IOException
    {
        final long length = Math.min(to, channel.size());
        long position = from / BLOCK_LENGTH * BLOCK_LENGTH;

        while (position < length)
        {
            final int count = channel.read(window.clear(), position);
            if (count < 0)
            {
                break;
            }

            final int first = (int)Math.max(0, from - position);
            final int last = (int)Math.min(count, length - position);
            final int difference =
                first < last ? difference(window.limit(last).position(first), zeros.clear().limit(last - first)) : -1;
            if (difference >= 0)
            {
                return position + first + difference;
            }

            position += progress(position, count, length);
        }

        return Math.max(from, length);
    }

    /**
     * How far to advance. After a read that ended early, reading resumes at the beginning of a block, so nothing is
     * skipped unseen.
     */
    private static int progress(final long position, final int count, final long length) throws IOException
    {
        final int whole = position + count < length ? count / BLOCK_LENGTH * BLOCK_LENGTH : count;
        if (whole == 0)
        {
            throw new IOException("only " + count + " bytes could be read at offset " + position);
        }

        return whole;
    }

    /** Index of the first byte that differs, relative to the buffers' positions, or -1. */
    private static int difference(final ByteBuffer bytes, final ByteBuffer zeros)
    {
        final long expected = zeros.remaining() == WINDOW_LENGTH ? ZEROS_CHECKSUM : checksum(zeros);
        return checksum(bytes) == expected ? -1 : bytes.mismatch(zeros);
    }

    private static long checksum(final ByteBuffer bytes)
    {
        final CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return crc.getValue();
    }
}
