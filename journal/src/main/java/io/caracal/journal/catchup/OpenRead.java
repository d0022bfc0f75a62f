/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import io.caracal.engine.port.CatchUpHandler;
import io.caracal.journal.duty.ChunkRing;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;

/**
 * The state that the two threads share for one read. The bulk thread fills the ring and frees it. The engine's thread
 * empties it, and says when it will not touch it any more.
 */
final class OpenRead implements ControlledMessageHandler
{
    /** Ring message: a record of the log. */
    static final int RECORD = 1;

    /** Ring message: everything up to a zxid, or a whole file, has been passed on. */
    static final int END = 2;

    /** Ring message: zxid and length of the snapshot that follows. */
    static final int SNAPSHOT = 3;

    /** Ring message: bytes of a snapshot file. */
    static final int BYTES = 4;

    private static final int MESSAGES_MAX = 256;

    /** Number of bytes handed over in one poll, not counting the rest of the record that reaches it. */
    private static final int BITE_LENGTH = 128 * 1024;

    private final long readId;
    private final boolean isLog;
    private final long afterZxid;
    private final ExpandableDirectByteBuffer assembly = new ExpandableDirectByteBuffer(0);
    private volatile ChunkRing ring;
    private volatile long upToZxid;
    /** Last zxid before what cannot be read; -1 when nothing was found to be unreadable. */
    private volatile long readableZxid = -1;
    private volatile long unreadableZxid;
    private volatile boolean failed;
    private volatile boolean released;
    private CatchUpHandler handler;
    private boolean isPolling;
    private boolean isClosed;
    private boolean isRefused;
    private int bite;

    private OpenRead(final long readId, final boolean isLog, final long afterZxid, final long upToZxid)
    {
        this.readId = readId;
        this.isLog = isLog;
        this.afterZxid = afterZxid;
        this.upToZxid = upToZxid;
    }

    static OpenRead ofLog(final long readId, final long afterZxid, final long upToZxid)
    {
        return new OpenRead(readId, true, afterZxid, upToZxid);
    }

    /**
     * Creates a read of the snapshot that is the newest one when the bulk thread opens it, and at least as new as the
     * given one.
     */
    static OpenRead ofSnapshot(final long readId, final long zxid)
    {
        return new OpenRead(readId, false, zxid, zxid);
    }

    long readId()
    {
        return readId;
    }

    boolean isLog()
    {
        return isLog;
    }

    long afterZxid()
    {
        return afterZxid;
    }

    long upToZxid()
    {
        return upToZxid;
    }

    /** Moves on the end of the read. Called on the engine's thread. */
    void extend(final long newUpToZxid)
    {
        upToZxid = newUpToZxid;
    }

    /** Sets the ring. Called once, on the bulk thread. */
    void ring(final ChunkRing newRing)
    {
        ring = newRing;
    }

    /**
     * Notes, before the read fails, that another one would fail as well, and between which zxids the log cannot be
     * read. Called on the bulk thread.
     */
    void unreadable(final long lastReadZxid, final long zxid)
    {
        readableZxid = lastReadZxid;
        unreadableZxid = zxid;
    }

    boolean isUnreadable()
    {
        return readableZxid >= 0;
    }

    /**
     * Up to which zxid the log cannot be read, given what is known of that, and whether this read has failed for that
     * reason. The same damage is met again and again while the log grows behind it.
     */
    long unreadableZxid(final long known)
    {
        return readableZxid >= known ? Math.max(known, unreadableZxid) : known;
    }

    /** Fails the read. May be called by any thread. */
    void fail()
    {
        failed = true;
    }

    boolean hasFailed()
    {
        return failed;
    }

    boolean isClosed()
    {
        return isClosed;
    }

    /** Closes the read. Called on the engine's thread, also from within its own poll. */
    void close()
    {
        isClosed = true;
        released = !isPolling;
    }

    /** Whether the engine's thread no longer uses the read, so that the ring may be freed. */
    boolean isReleased()
    {
        return released;
    }

    /** Hands over a bounded piece. Called on the engine's thread. */
    int poll(final CatchUpHandler target)
    {
        final ChunkRing source = ring;
        if (source == null)
        {
            return 0;
        }

        handler = target;
        bite = 0;
        isRefused = false;
        isPolling = true;
        try
        {
            return source.read(this, MESSAGES_MAX);
        }
        finally
        {
            isPolling = false;
            released = isClosed;
        }
    }

    /** Whether the bulk thread was refused and there is room now. Called on the engine's thread, after a poll. */
    boolean takeProducerWaits()
    {
        return !isClosed && ring != null && ring.takeProducerWaits();
    }

    @Override
    public Action onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        final int count = length - ChunkRing.PREFIX_LENGTH;

        // A refused message may be offered again by the ring at once, but the handler wants no message before the next
        // poll.
        isRefused = isRefused || !isTaken(type, buffer, index, count);
        if (isRefused)
        {
            return Action.ABORT;
        }

        bite += count;
        return isClosed || bite >= BITE_LENGTH ? Action.BREAK : Action.CONTINUE;
    }

    private boolean isTaken(final int type, final MutableDirectBuffer buffer, final int index, final int count)
    {
        return switch (type)
        {
            case RECORD -> isRecordTaken(buffer, index, count);
            case BYTES -> handler.onSnapshotBytes(readId, buffer, index + ChunkRing.PREFIX_LENGTH, count);
            case SNAPSHOT -> tellSnapshot(ChunkRing.first(buffer, index), ChunkRing.second(buffer, index));
            default -> tellEnd(ChunkRing.first(buffer, index));
        };
    }

    /**
     * Hands over a record. One that came in chunks is reassembled first; its last chunk stays in the ring until the
     * record is taken.
     */
    private boolean isRecordTaken(final MutableDirectBuffer buffer, final int index, final int count)
    {
        final long zxid = ChunkRing.first(buffer, index);
        final int recordLength = ChunkRing.recordLength(buffer, index);
        final int start = index + ChunkRing.PREFIX_LENGTH;
        if (count == recordLength)
        {
            return handler.onRecord(readId, zxid, buffer, start, count);
        }

        final int chunkOffset = ChunkRing.chunkOffset(buffer, index);
        assembly.putBytes(chunkOffset, buffer, start, count);
        return chunkOffset + count < recordLength || handler.onRecord(readId, zxid, assembly, 0, recordLength);
    }

    private boolean tellSnapshot(final long zxid, final long length)
    {
        handler.onSnapshotBegin(readId, zxid, length);
        return true;
    }

    /** Reports an end, unless the read was extended meanwhile. */
    private boolean tellEnd(final long endZxid)
    {
        if (endZxid == upToZxid)
        {
            handler.onReadEnd(readId);
        }

        return true;
    }
}
