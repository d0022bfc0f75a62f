/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.disk.Corruption;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * Reads the log for learners while it is being appended to. Reads segment after segment from the raw files; the last
 * one only as far as the journal thread has published it. Never holds anybody up. Belongs to the bulk thread.
 *
 * <pre>
 *             open             records            end of what is appended
 *   NOWHERE ------&gt; IN A SEGMENT -----&gt; at its end ------&gt; WAITS
 *      ^                                |  cut and passed   |
 *      +--------------------------------+       |  &lt;--------+ more is appended, or the segment got its cut
 * </pre>
 */
public final class LogReader implements AutoCloseable
{
    private final Path segments;
    private final Manifest manifest;
    private final LogTail tail;
    private final long afterZxid;
    private SegmentEntry entry;
    private SegmentScanner scanner;
    private long limit;
    private long lastZxid;

    LogReader(final Path segments, final Manifest manifest, final LogTail tail, final long afterZxid)
    {
        this.segments = segments;
        this.manifest = manifest;
        this.tail = tail;
        this.afterZxid = afterZxid;
        this.lastZxid = afterZxid;
    }

    /**
     * Advances by one record, or by less.
     *
     * @return what was found.
     * @throws IOException                                   when the disk fails, or the records are not there any more.
     * @throws io.caracal.engine.port.CorruptionException when a record is damaged.
     */
    public Step step() throws IOException
    {
        if (scanner == null && !open())
        {
            return waiting();
        }

        if (!scanner.next())
        {
            return atEnd();
        }

        if (scanner.zxid() <= afterZxid)
        {
            return Step.PASSED;
        }

        if (scanner.zxid() <= lastZxid)
        {
            throw Corruption.at(entry.file(segments), scanner.recordPosition(), "zxid 0x" +
                Long.toHexString(scanner.zxid()) + " after 0x" + Long.toHexString(lastZxid));
        }

        lastZxid = scanner.zxid();
        return Step.RECORD;
    }

    /**
     * Zxid of the record that {@link #step} found last.
     *
     * @return its zxid.
     */
    public long zxid()
    {
        return lastZxid;
    }

    /**
     * The buffer that holds the record, until the next step.
     *
     * @return with the record at {@link #offset}.
     */
    public DirectBuffer buffer()
    {
        return scanner.buffer();
    }

    /**
     * Where the record begins in the buffer.
     *
     * @return index into the buffer.
     */
    public int offset()
    {
        return scanner.offset();
    }

    /**
     * Length of the record that was found or passed.
     *
     * @return bytes.
     */
    public int length()
    {
        return scanner == null ? 0 : scanner.length();
    }

    /**
     * Last zxid of the segment in which {@link #step} failed.
     *
     * @param otherwise returned when that is not known, because the segment takes appends.
     * @return its last zxid; 0 when no segment was found.
     */
    public long lastZxidHere(final long otherwise)
    {
        return entry == null ? 0 : entry.isOpen() ? otherwise : entry.lastZxid();
    }

    @Override
    public void close() throws IOException
    {
        if (scanner != null)
        {
            scanner.close();
            scanner = null;
        }
    }

    /** Opens the segment that holds the next record; returns false while there is none. */
    private boolean open() throws IOException
    {
        final LogState state = manifest.state();
        if (state.baseZxid() > lastZxid)
        {
            throw new IOException("the journal begins after zxid 0x" + Long.toHexString(state.baseZxid()) +
                ", but was asked for what comes after 0x" + Long.toHexString(lastZxid));
        }

        entry = state.holderOfNext(lastZxid);
        if (entry == null)
        {
            return false;
        }

        limit = entry.isOpen() ? openLimit() : entry.cutPosition();
        if (limit == 0)
        {
            return false;
        }

        scanner = SegmentScanner.following(entry.file(segments), entry.id(), firstPosition(), limit);
        return true;
    }

    /** Position up to which the open segment may be read; 0 when that is not known at present. */
    private long openLimit()
    {
        final Segment current = tail.segment();
        if (current == null)
        {
            return tail.recoveredPosition(entry.ordinal());
        }

        return current.ordinal() == entry.ordinal() ? current.publishedPosition() : 0;
    }

    private long firstPosition()
    {
        final Segment current = tail.segment();
        return current != null && current.ordinal() == entry.ordinal() ? current.index().floorPosition(lastZxid,
            entry.firstPosition()) : entry.firstPosition();
    }

    /**
     * Handles the end of what can be read: goes on to a later limit or the next segment, waits, or finds the segment
     * damaged.
     */
    private Step atEnd() throws IOException
    {
        if (scanner.position() < limit)
        {
            throw Corruption.at(entry.file(segments), scanner.position(), "no valid record after zxid 0x" +
                Long.toHexString(lastZxid) + ", but the segment goes on to offset " + limit);
        }

        final SegmentEntry now = manifest.state().named(entry.ordinal());
        if (now == null)
        {
            // The segment was purged behind what was passed on, or dropped altogether. Where the log begins now will
            // tell.
            close();
            return Step.PASSED;
        }

        entry = now;
        final long newLimit = now.isOpen() ? openLimit() : now.cutPosition();
        if (newLimit > limit)
        {
            limit = newLimit;
            scanner.limit(limit);
            return Step.PASSED;
        }

        if (now.isOpen())
        {
            return waiting();
        }

        close();
        lastZxid = Math.max(lastZxid, now.lastZxid());
        return Step.PASSED;
    }

    private Step waiting()
    {
        tail.await();
        return Step.WAITS;
    }

    /** The result of a step. */
    public enum Step
    {
        /** A record. */
        RECORD,

        /** Something that was not asked for; go on. */
        PASSED,

        /** Nothing more has been appended. The bulk thread is woken when there is more. */
        WAITS
    }
}
