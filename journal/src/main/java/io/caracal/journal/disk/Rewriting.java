/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.agrona.BufferUtil;

/**
 * Writes bytes of a file over themselves. After a failed force, the system may keep pages in memory and take them for
 * written although they never reached the device. Readers of the file see these pages, and a later force, even by
 * another process, has nothing to do and succeeds. Only after the pages were written again does a force prove anything
 * about them.
 */
public final class Rewriting
{
    private static final int PIECE_LENGTH = 1024 * 1024;

    private Rewriting()
    {
    }

    /**
     * Writes what lies between two positions over itself. The caller forces it.
     *
     * @param channel open for reading and writing.
     * @param file    its name, for messages.
     * @param from    position of the first byte.
     * @param to      position after the last one.
     * @param calls   to the file system.
     * @throws IOException when it cannot be read or written. Lack of room is ignored, because a copy-on-write file
     * system needs new blocks for each write, and the server must be able to start on a full disk as well.
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
            // What was on the device is still there, and what is read is what was written. Only the doubt about the
            // last force remains.
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
