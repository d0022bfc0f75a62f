/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A part of a file in memory that moves forward with its reader. It is filled by read calls, not through a mapping, so
 * that an unreadable sector causes an error with a message instead of a fault. Used by one thread.
 */
public final class FileWindow implements AutoCloseable
{
    private final Path file;
    private final FileChannel channel;
    private final long fileLength;
    private final ByteBuffer memory;
    private final UnsafeBuffer buffer;
    private long end;
    private long start;
    private int length;

    /**
     * Opens a file for reading through a window of the given length.
     *
     * @param file   must exist.
     * @param length of the window in bytes: the longest piece that can be loaded.
     * @throws IOException when it cannot be opened.
     */
    public FileWindow(final Path file, final int length) throws IOException
    {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.READ);
        try
        {
            fileLength = channel.size();
            memory = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
        }
        catch (final Throwable ex)
        {
            CloseHelper.quietClose(channel);
            throw ex;
        }
        end = fileLength;
        buffer = new UnsafeBuffer(memory);
    }

    /**
     * Sets where reading stops. What lies behind may still be changing, so it is never loaded into the window.
     *
     * @param newEnd position in the file, not before that of the last call.
     */
    public void end(final long newEnd)
    {
        end = Math.min(newEnd, fileLength);
    }

    /**
     * Length of the file when it was opened.
     *
     * @return bytes.
     */
    public long fileLength()
    {
        return fileLength;
    }

    /**
     * The window's memory, in which the byte at a position of the file has the index {@link #offset}. Valid until the
     * next load.
     *
     * @return the same buffer each time.
     */
    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    /**
     * The memory behind {@link #buffer}, for checksums.
     *
     * @return the same each time; the caller moves position and limit.
     */
    public ByteBuffer memory()
    {
        return memory;
    }

    /**
     * Index in the buffer of the byte at a position of the file.
     *
     * @param position in the file, within the window.
     * @return index into the buffer.
     */
    public int offset(final long position)
    {
        return (int)(position - start);
    }

    /**
     * Number of bytes from a position to the end of the window.
     *
     * @param position in the file.
     * @return bytes; 0 when the position lies outside the window.
     */
    public int available(final long position)
    {
        return position < start || position > start + length ? 0 : (int)(start + length - position);
    }

    /**
     * Makes sure that bytes are in the window.
     *
     * @param position of the first one in the file.
     * @param count    how many, at most the length of the window.
     * @return false when the file, or the part of it that may be read, ends before the last of them.
     * @throws IOException when they cannot be read.
     */
    public boolean load(final long position, final int count) throws IOException
    {
        if (position >= start && position + count <= start + length)
        {
            return true;
        }

        if (position + count > end)
        {
            return false;
        }

        start = position;
        length = 0;
        memory.clear().limit((int)Math.min(memory.capacity(), end - start));
        fill();
        length = memory.position();
        return count <= length;
    }

    private void fill() throws IOException
    {
        try
        {
            while (memory.hasRemaining() && channel.read(memory, start + memory.position()) >= 0)
            {
                // The next read continues where this one ended.
            }
        }
        catch (final IOException ex)
        {
            throw FileFailure.named(ex, file);
        }
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
        buffer.wrap(0, 0);
        BufferUtil.free(memory);
    }
}
