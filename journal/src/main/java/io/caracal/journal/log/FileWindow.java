/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A piece of a file in memory, moved forward as a reader goes. Read by calls, not through a mapping: a sector that cannot
 * be read is then an error with a message instead of a fault. One thread.
 */
final class FileWindow implements AutoCloseable
{
    /** Longer than the longest excerpt. */
    static final int LENGTH = 4 * 1024 * 1024;

    private final FileChannel channel;
    private final long fileLength;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer buffer = new UnsafeBuffer(memory);
    private long start;
    private int length;

    FileWindow(final Path file) throws IOException
    {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        fileLength = channel.size();
    }

    long fileLength()
    {
        return fileLength;
    }

    /** The memory; bytes of the file are at {@link #offset} of their position. */
    UnsafeBuffer buffer()
    {
        return buffer;
    }

    ByteBuffer memory()
    {
        return memory;
    }

    int offset(final long position)
    {
        return (int)(position - start);
    }

    /** Bytes from a position to the end of the window. */
    int available(final long position)
    {
        return position < start || position > start + length ? 0 : (int)(start + length - position);
    }

    /** Makes sure that bytes are in the window; false when the file ends before. */
    boolean load(final long position, final int count) throws IOException
    {
        if (position >= start && position + count <= start + length)
        {
            return true;
        }

        if (position + count > fileLength)
        {
            return false;
        }

        start = position;
        length = 0;
        memory.clear();
        while (memory.hasRemaining())
        {
            final int read = channel.read(memory, start + memory.position());
            if (read < 0)
            {
                break;
            }
        }

        length = memory.position();
        return count <= length;
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
        buffer.wrap(0, 0);
        BufferUtil.free(memory);
    }
}
