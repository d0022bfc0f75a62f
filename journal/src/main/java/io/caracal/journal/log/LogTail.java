/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.duty.Doorbell;
import java.io.IOException;

/**
 * The end of the log, for those who read what is being appended: which segment takes the appends, and a bell for who
 * waits for more of it. Written by the journal thread, read by the bulk thread.
 */
final class LogTail
{
    private final Doorbell bulk;
    private volatile Segment segment;
    private volatile ZxidIndex formerIndex = ZxidIndex.EMPTY;
    private volatile long recoveredPosition;
    private long recoveredOrdinal;
    private volatile boolean awaited;

    LogTail(final Doorbell bulk)
    {
        this.bulk = bulk;
    }

    /** Where the last segment of the process before ends; once. */
    void recovered(final long ordinal, final long position)
    {
        recoveredOrdinal = ordinal;
        recoveredPosition = position;
        ring();
    }

    /** Another segment takes the appends, or none for now. */
    void segment(final Segment next)
    {
        final Segment former = segment;
        if (former != null)
        {
            formerIndex = former.index();
        }

        segment = next;
        ring();
    }

    /**
     * A record at or shortly before a zxid, among those that this process appended to the last two segments. Of a
     * snapshot that took long to write, the log may have gone on to the next segment.
     */
    RecordPlace near(final long zxid)
    {
        final Segment current = segment;
        final RecordPlace place = current == null ? RecordPlace.NONE : current.index().floor(zxid);
        return place.isKnown() ? place : formerIndex.floor(zxid);
    }

    /** Up to here, what was appended is in the file and may be read. */
    void publish() throws IOException
    {
        final Segment current = segment;
        if (current != null)
        {
            current.publish();
            ring();
        }
    }

    Segment segment()
    {
        return segment;
    }

    /** Where a segment of the process before ends, 0 when that is not known, or another one is meant. */
    long recoveredPosition(final long ordinal)
    {
        final long position = recoveredPosition;
        return recoveredOrdinal == ordinal ? position : 0;
    }

    /** The bulk thread has read everything; it looks once more after this, before it sleeps. */
    void await()
    {
        awaited = true;
    }

    private void ring()
    {
        if (awaited)
        {
            awaited = false;
            bulk.ring();
        }
    }
}
