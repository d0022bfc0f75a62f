/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.posix.PosixAPI;

/**
 * Gives a file its blocks ahead of its contents. Java has no call for that, so this is {@code fallocate} through the
 * foreign calls that Chronicle brings along; the blocks are marked unwritten, read zero and cost no writing. Where the
 * file system does not know the call, zeros are written instead, which reserves as well but makes the first force of
 * each block slower.
 */
final class BlockReservation
{
    /** {@code O_RDWR} on Linux and macOS. */
    private static final int OPEN_READ_WRITE = 2;
    private static final int ENOSPC = 28;
    private static final int EDQUOT = 122;
    private static final int ENOSYS = 38;
    private static final int EOPNOTSUPP = 95;
    /** So little is written at once: no need to load the foreign calls for it. */
    private static final int WRITTEN_LENGTH_MAX = 64 * 1024;
    private static final int ZEROS_LENGTH = 1024 * 1024;

    void reserve(final Path file, final long length) throws IOException
    {
        if (!Files.exists(file))
        {
            Files.createFile(file);
        }

        if (length <= WRITTEN_LENGTH_MAX)
        {
            writeZeros(file, length);
            return;
        }

        final int errno = allocate(file, length);
        if (errno == ENOSPC || errno == EDQUOT)
        {
            throw new NoSpaceException("no room on disk for " + length + " bytes of " + file);
        }

        if (errno == ENOSYS || errno == EOPNOTSUPP)
        {
            writeZeros(file, length);
        }
        else if (errno != 0)
        {
            throw new IOException("fallocate of " + length + " bytes failed with errno " + errno + ": " + file);
        }
    }

    private static int allocate(final Path file, final long length) throws IOException
    {
        final PosixAPI posix = PosixAPI.posix();
        final int descriptor = posix.open(file.toString(), OPEN_READ_WRITE, 0);
        if (descriptor < 0)
        {
            throw new IOException("open failed with errno " + posix.lastError() + ": " + file);
        }

        try
        {
            return posix.fallocate(descriptor, 0, 0, length) == 0 ? 0 : posix.lastError();
        }
        catch (final UnsatisfiedLinkError absent)
        {
            // A system without the call, such as macOS.
            return ENOSYS;
        }
        finally
        {
            posix.close(descriptor);
        }
    }

    /** Fills what lies beyond the present end; a hole below it would have come from elsewhere. */
    private static void writeZeros(final Path file, final long length) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            final ByteBuffer zeros = ByteBuffer.allocate(ZEROS_LENGTH);
            long position = channel.size();

            while (position < length)
            {
                zeros.clear().limit((int)Math.min(ZEROS_LENGTH, length - position));
                position += channel.write(zeros, position);
            }
        }
    }
}
