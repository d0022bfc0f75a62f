/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.agrona.BufferUtil;

/**
 * Writes bytes of a file over themselves. After a force that failed, the system may keep pages in memory and take them
 * for written, though the device never got them: whoever reads the file sees them, and a force of another process has
 * nothing to do and succeeds. Once they were written again, a force says something about them.
 */
public final class Rewriting
{
    private static final int PIECE_LENGTH = 1024 * 1024;

    private Rewriting()
    {
    }

    /**
     * Writes what lies between two positions over itself; the caller forces it.
     *
     * @param channel open for reading and writing.
     * @param file    its name, for messages.
     * @param from    position of the first byte.
     * @param to      position after the last one.
     * @param calls   to the file system.
     * @throws IOException when it cannot be read or written; not for want of room, since where each writing takes new
     *                     blocks, a full disk is to be started on as well.
     */
    public static void of(final FileChannel channel, final Path file, final long from, final long to,
        final FileSystemCalls calls) throws IOException
    {
        if (from >= to)
        {
            return;
        }

        final ByteBuffer piece = ByteBuffer.allocateDirect((int)Math.min(PIECE_LENGTH, to - from));
        try
        {
            for (long position = from; position < to; position += piece.limit())
            {
                load(channel, file, position, piece.clear().limit((int)Math.min(piece.capacity(), to - position)));
                calls.write(channel, file, piece.flip(), position);
            }
        }
        catch (final NoSpaceException copyOnWrite)
        {
            // What was on the device still is, and what is read is what was written: only the doubt stays.
        }
        finally
        {
            BufferUtil.free(piece);
        }
    }

    private static void load(final FileChannel channel, final Path file, final long position, final ByteBuffer piece)
        throws IOException
    {
        try
        {
            while (piece.hasRemaining())
            {
                if (channel.read(piece, position + piece.position()) < 0)
                {
                    throw new EOFException(file + " ends at offset " + (position + piece.position()));
                }
            }
        }
        catch (final IOException ex)
        {
            throw FileFailure.named(ex, file);
        }
    }
}
