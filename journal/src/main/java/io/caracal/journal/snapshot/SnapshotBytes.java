/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a snapshot file as it lies on disk, piece by piece, for a learner. The open file stays whole even if it is
 * removed meanwhile. The receiver checks whether its contents are sound. Belongs to the bulk thread.
 */
public final class SnapshotBytes implements AutoCloseable
{
    private static final int PIECE_LENGTH_MAX = 64 * 1024;

    private final Path file;
    private final long zxid;
    private final FileChannel channel;
    private final long length;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(PIECE_LENGTH_MAX);
    private final UnsafeBuffer piece = new UnsafeBuffer(memory);
    private long position;

    SnapshotBytes(final Path file, final long zxid) throws IOException
    {
        this.file = file;
        this.zxid = zxid;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.length = channel.size();
    }

    /**
     * The snapshot's zxid.
     *
     * @return zxid of its state.
     */
    public long zxid()
    {
        return zxid;
    }

    /**
     * Length of the file.
     *
     * @return bytes.
     */
    public long length()
    {
        return length;
    }

    /**
     * Reads the next piece into {@link #piece}.
     *
     * @param lengthMax of the piece in bytes.
     * @return length of the piece; 0 at the end of the file.
     * @throws IOException when it cannot be read.
     */
    public int next(final int lengthMax) throws IOException
    {
        memory.clear().limit((int)Math.min(Math.min(lengthMax, PIECE_LENGTH_MAX), length - position));
        while (memory.hasRemaining())
        {
            if (channel.read(memory, position + memory.position()) < 0)
            {
                throw new IOException(file + ", offset " + position + ": ends here, but had " + length + " bytes");
            }
        }

        position += memory.limit();
        return memory.limit();
    }

    /**
     * The buffer that holds the last piece.
     *
     * @return with the piece at index 0; valid until the next one is read.
     */
    public DirectBuffer piece()
    {
        return piece;
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
        piece.wrap(0, 0);
        BufferUtil.free(memory);
    }
}
