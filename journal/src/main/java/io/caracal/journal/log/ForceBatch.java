/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.duty.DutyThread;
import java.util.concurrent.TimeUnit;

/**
 * What was appended since the last force, and what is to be done after that force: whether to wait awake for the next
 * records, and when a mark is due. Each record says what was durable when it was written, but nothing follows the last
 * batch of a log that goes idle. Damage in that batch could then not be told from the torn tail of a crash. With a mark
 * it can. Owned by the journal thread.
 */
final class ForceBatch
{
    /** How long after the last force a mark is written that says what became durable, if no record has said so. */
    private static final long MARK_DELAY_NS = TimeUnit.SECONDS.toNanos(1);

    /** If more records than this waited for one force, the processor is busy, and the thread should not wait awake. */
    private static final long LINGER_RECORDS_MAX = 2;

    private long records;
    private long bytes;
    private long forcedRecords;
    private long forcedAtNs;
    private boolean wantsMark;

    /** A part of a record was appended. It says what is durable, so no mark has to. */
    void onChunk()
    {
        wantsMark = false;
    }

    /** The last part of a record was appended. */
    void onRecord(final int length)
    {
        records++;
        bytes += length;
    }

    boolean isEmpty()
    {
        return records == 0;
    }

    long records()
    {
        return records;
    }

    long bytes()
    {
        return bytes;
    }

    /** Everything was forced. The next batch begins. */
    void onForced(final long nowNs)
    {
        forcedAtNs = nowNs;
        forcedRecords = records;
        wantsMark |= records > 0;
        clear();
    }

    /** The next batch begins, without a force of this one. */
    void clear()
    {
        records = 0;
        bytes = 0;
    }

    /** The end of the log has changed, so there is nothing to mark. The next batch begins. */
    void onEndChanged()
    {
        wantsMark = false;
        clear();
    }

    /** Whether it is time to write a mark. */
    boolean isMarkDue()
    {
        return wantsMark && System.nanoTime() - forcedAtNs >= MARK_DELAY_NS;
    }

    /** A mark was written, or there is no room for one. */
    void onMarked()
    {
        wantsMark = false;
    }

    /** Time until a mark is due, at least 1; the given time when none will be. */
    long markDelayNs(final long nowNs, final long otherwiseNs)
    {
        return wantsMark ? Math.max(1, forcedAtNs + MARK_DELAY_NS - nowNs) : otherwiseNs;
    }

    /**
     * Whether few records waited for the last force, a moment ago. Their clients send the next requests as soon as they
     * are answered.
     */
    boolean isLittleAndRecent()
    {
        return forcedRecords > 0 && forcedRecords <= LINGER_RECORDS_MAX && System.nanoTime() -
            forcedAtNs < DutyThread.LINGER_NS;
    }
}
