/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import io.caracal.journal.duty.ChunkRing;
import java.io.IOException;

/** One read on the bulk thread: what the two kinds of reads have in common. */
abstract class ReadAhead implements AutoCloseable
{
    private final OpenRead read;
    private final ChunkRing ring;
    private long consumed;
    private long progressNs;

    ReadAhead(final OpenRead read, final int ringLength, final long nowNs)
    {
        this.read = read;
        this.ring = new ChunkRing(ringLength);
        this.progressNs = nowNs;
        read.ring(ring);
    }

    /**
     * Passes on a bounded piece. Returns the number of bytes read; 0 when the ring is full or there is nothing to read.
     */
    final int work(final long nowNs) throws IOException
    {
        final int bytes = ring.pump() ? readAhead() : 0;
        final long nowConsumed = ring.consumed();
        if (bytes > 0 || nowConsumed != consumed)
        {
            consumed = nowConsumed;
            progressNs = nowNs;
        }

        return bytes;
    }

    /** How long nothing has been read and nothing taken. */
    final long stillNs(final long nowNs)
    {
        return isOver() ? 0 : nowNs - progressNs;
    }

    /** Fails the read. What it kept from removal may go at once; the ring stays until the engine releases it. */
    final void fail() throws IOException
    {
        read.fail();
        closeSource();
    }

    /** Like {@link #fail()}, when the history cannot be read. */
    final void failUnreadable() throws IOException
    {
        read.unreadable(readZxid(), unreadableZxid());
        fail();
    }

    final boolean isOver()
    {
        return read.hasFailed() || read.isReleased();
    }

    final boolean isReleased()
    {
        return read.isReleased();
    }

    /** The zxid after which records must stay; {@link Long#MAX_VALUE} when the read is over. */
    final long neededZxid()
    {
        return isOver() ? Long.MAX_VALUE : readZxid();
    }

    @Override
    public final void close() throws IOException
    {
        closeSource();
        ring.close();
    }

    final OpenRead read()
    {
        return read;
    }

    final ChunkRing ring()
    {
        return ring;
    }

    abstract int readAhead() throws IOException;

    abstract long readZxid();

    /** The zxid up to which the log, from where reading failed, is not to be read; 0 when this is no read of it. */
    abstract long unreadableZxid();

    abstract void closeSource() throws IOException;
}
