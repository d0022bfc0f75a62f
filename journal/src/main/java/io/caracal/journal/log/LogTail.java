/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.duty.Doorbell;
import java.io.IOException;

/**
 * The end of the log, for readers of what is being appended: which segment takes the appends, and a bell for readers
 * that wait for more. Written by the journal thread, read by the bulk thread.
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

    /** Notes where the last segment of the previous process ends. Called once. */
    void recovered(final long ordinal, final long position)
    {
        recoveredOrdinal = ordinal;
        recoveredPosition = position;
        ring();
    }

    /** Notes that another segment, or for now none, takes the appends. */
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
     * Returns the place of a record at or shortly before a zxid, among the records that this process appended to the
     * last two segments. Two segments are needed because the log may have gone on to the next one while a snapshot was
     * being written.
     */
    RecordPlace near(final long zxid)
    {
        final Segment current = segment;
        final RecordPlace place = current == null ? RecordPlace.NONE : current.index().floor(zxid);
        return place.isKnown() ? place : formerIndex.floor(zxid);
    }

    /** Publishes what was appended: it is in the file and may be read. */
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

    /**
     * Where a segment of the previous process ends; 0 when that is not known, or the ordinal is that of another
     * segment.
     */
    long recoveredPosition(final long ordinal)
    {
        final long position = recoveredPosition;
        return recoveredOrdinal == ordinal ? position : 0;
    }

    /** Notes that the bulk thread has read everything. It must look once more after this call, before it sleeps. */
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
