/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reserves a file's blocks on disk ahead of its contents. Java has no call for that, so this calls {@code
 * posix_fallocate} through the foreign calls that Chronicle brings along. The reserved blocks are marked unwritten,
 * read as zeros and need not be written. Where there is no such call, zeros are written instead, which also reserves
 * the blocks but makes the first force of each block slower. (Chronicle's own wrapper of {@code fallocate} cannot be
 * used: the error it shows is not always that of the call.)
 */
final class BlockReservation
{
    /** {@code O_RDWR} on Linux and macOS. */
    private static final int OPEN_READ_WRITE = 2;
    private static final int EINTR = 4;
    private static final int EOPNOTSUPP = 95;

    /**
     * Up to this length zeros are written in any case, since it is not worth loading the foreign calls for so little.
     */
    private static final int WRITTEN_LENGTH_MAX = 64 * 1024;
    private static final int ZEROS_LENGTH = 1024 * 1024;

    private final Allocation allocation;

    BlockReservation()
    {
        this((descriptor, length) -> CLibrary.posixFallocate(descriptor, 0, length));
    }

    BlockReservation(final Allocation allocation)
    {
        this.allocation = allocation;
    }

    /** The call of the system. */
    @FunctionalInterface
    interface Allocation
    {
        /** Reserves the blocks of an open file. Returns 0, or the number of an error. */
        int allocate(int descriptor, long length);
    }

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

        final int error = allocateIfThereIsACall(file, length);
        if (error == CLibrary.ENOSPC || error == CLibrary.EDQUOT)
        {
            throw new NoSpaceException("no room on disk for " + length + " bytes of " + file);
        }

        if (error == CLibrary.EFBIG)
        {
            throw new IOException("no file may have the " + length + " bytes of " + file +
                " by the limit of this process (ulimit -f, LimitFSIZE=) or the file system; raise it");
        }

        if (error == CLibrary.ENOSYS || error == EOPNOTSUPP)
        {
            writeZeros(file, length);
        }
        else if (error != 0)
        {
            throw new IOException("posix_fallocate of " + length + " bytes failed with error " + error + ", " +
                CLibrary.strerror(error) + ": " + file);
        }
    }

    /**
     * Reserves through the system, or reports {@code ENOSYS} if the foreign calls cannot be loaded. They unpack a
     * library into {@code java.io.tmpdir} or the working directory. Both may be full or read-only, or forbid execution,
     * as on hardened systems.
     */
    private int allocateIfThereIsACall(final Path file, final long length) throws IOException
    {
        try
        {
            return allocate(file, length);
        }
        catch (final LinkageError ex)
        {
            return CLibrary.ENOSYS;
        }
    }

    /**
     * Tries again after a signal to the thread, as profilers send them. Such a signal ends the call early, but what the
     * call has done stays done.
     */
    private int allocate(final Path file, final long length) throws IOException
    {
        final int descriptor = CLibrary.open(file.toString(), OPEN_READ_WRITE);
        if (descriptor == -CLibrary.EMFILE || descriptor == -CLibrary.ENFILE)
        {
            throw new NoDescriptorException(file.toString());
        }
        if (descriptor < 0)
        {
            throw new IOException("open for reservation failed with error " + -descriptor + ": " + file);
        }

        try
        {
            int error = EINTR;
            while (error == EINTR)
            {
                error = allocation.allocate(descriptor, length);
            }

            return error;
        }
        finally
        {
            CLibrary.close(descriptor);
        }
    }

    /**
     * Fills what lies beyond the present end of the file. Holes below the end are not filled; the journal never leaves
     * any.
     */
    private static void writeZeros(final Path file, final long length) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            final ByteBuffer zeros = ByteBuffer.allocate((int)Math.min(ZEROS_LENGTH, Math.max(1, length)));
            long position = channel.size();

            while (position < length)
            {
                zeros.clear().limit((int)Math.min(zeros.capacity(), length - position));
                position += channel.write(zeros, position);
            }
        }
    }
}
