/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A preallocated file that is written from start to end and then over again; what is written is on the disk when
 * {@link #force()} returns. Used by one thread at a time.
 */
final class ForcedFile implements AutoCloseable
{
    private static final int ZEROS_LENGTH = 1 << 20;
    private static final long FALLOCATE_TIMEOUT_S = 30;

    private final FileChannel channel;
    private final long length;
    private long position;

    ForcedFile(final Path path, final long length) throws IOException
    {
        this.length = length;
        final boolean allocated = fallocate(path, length);
        channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!allocated)
        {
            zero();
        }
        channel.force(true);
    }

    /** Reserves the blocks without writing them, which leaves later forces the least to do. */
    private static boolean fallocate(final Path path, final long length) throws IOException
    {
        final Process process;
        try
        {
            process = new ProcessBuilder("fallocate", "-l", Long.toString(length), path.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        }
        catch (final IOException ex)
        {
            return false;
        }

        try
        {
            final boolean ended = process.waitFor(FALLOCATE_TIMEOUT_S, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && 0 == process.exitValue();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", ex);
        }
    }

    private void zero() throws IOException
    {
        final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_LENGTH);
        for (long at = 0; at < length; at += ZEROS_LENGTH)
        {
            zeros.clear();
            channel.write(zeros, at);
        }
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
