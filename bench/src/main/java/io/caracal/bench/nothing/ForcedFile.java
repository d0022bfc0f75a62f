/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.CloseHelper;

/**
 * A file that is written from start to end and then overwritten from the start. What was written is on the disk when
 * {@link #force()} returns. The whole file is written and forced once before the first use, so every force finds its
 * blocks in the state that is cheapest for a file system, and the first round through the file is as fast as all later
 * ones. Blocks that are only reserved would have to be marked as written by the force that first reaches them. Used by
 * one thread at a time.
 */
final class ForcedFile implements AutoCloseable
{
    private static final int ZEROS_LENGTH = 1 << 20;

    private final FileChannel channel;
    private final long length;
    private long position;

    ForcedFile(final Path path, final long length) throws IOException
    {
        this.length = length;
        channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try
        {
            fill();
        }
        catch (final IOException ex)
        {
            CloseHelper.quietClose(channel);
            throw new IOException(path + " cannot be written: " + ex.getMessage() + "; it takes " + length + " bytes",
                ex);
        }
    }

    private void fill() throws IOException
    {
        final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_LENGTH);
        long at = 0;
        while (at < length)
        {
            zeros.clear().limit((int)Math.min(ZEROS_LENGTH, length - at));
            at += channel.write(zeros, at);
        }
        channel.force(true);
    }

    void write(final ByteBuffer bytes) throws IOException
    {
        if (position + bytes.remaining() > length)
        {
            position = 0;
        }
        while (bytes.hasRemaining())
        {
            position += channel.write(bytes, position);
        }
    }

    void force() throws IOException
    {
        channel.force(false);
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
    }
}
