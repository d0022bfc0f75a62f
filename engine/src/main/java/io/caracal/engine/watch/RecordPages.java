/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records of one size in pages of native memory. A record is named by its index; index 0 is never given out and stands
 * for none. Freed records form a list through their first four bytes and are reused first. Pages are kept until the
 * table is closed.
 */
final class RecordPages
{
    static final int NONE = 0;

    private static final int PAGE_LENGTH_SHIFT = 16;

    private final MemoryLedger ledger;
    private final int recordShift;
    private final int pageShift;
    private final int pageMask;
    private UnsafeBuffer[] pages = new UnsafeBuffer[4];
    private int pageCount;
    private int freeHead = NONE;
    private int end = 1;

    RecordPages(final MemoryLedger ledger, final int recordLengthShift)
    {
        this.ledger = ledger;
        recordShift = recordLengthShift;
        pageShift = PAGE_LENGTH_SHIFT - recordLengthShift;
        pageMask = (1 << pageShift) - 1;
    }

    /**
     * Takes a record. One that was never used is zero. One that was freed holds what it held before, except for its
     * first four bytes.
     */
    int allocate()
    {
        if (freeHead != NONE)
        {
            final int record = freeHead;
            freeHead = getInt(record, 0);
            return record;
        }

        ensure(end);
        return end++;
    }

    void free(final int record)
    {
        putInt(record, 0, freeHead);
        freeHead = record;
    }

    /** Makes the record at an index usable without taking it. Memory that was never used before is zero. */
    void ensure(final int record)
    {
        while (record >>> pageShift >= pageCount)
        {
            if (pageCount == pages.length)
            {
                pages = Arrays.copyOf(pages, 2 * pageCount);
            }

            pages[pageCount++] = ledger.allocate(MemoryTag.WATCHES, 1 << PAGE_LENGTH_SHIFT);
        }
    }

    /** Index after the last record ever taken. */
    int end()
    {
        return end;
    }

    /** Number of records for which there is memory. */
    long capacity()
    {
        return (long)pageCount << pageShift;
    }

    int getInt(final int record, final int field)
    {
        return pages[record >>> pageShift].getInt(offset(record) + field);
    }

    void putInt(final int record, final int field, final int value)
    {
        pages[record >>> pageShift].putInt(offset(record) + field, value);
    }

    long getLong(final int record, final int field)
    {
        return pages[record >>> pageShift].getLong(offset(record) + field);
    }

    void putLong(final int record, final int field, final long value)
    {
        pages[record >>> pageShift].putLong(offset(record) + field, value);
    }

    /** The page that holds a record. */
    UnsafeBuffer page(final int record)
    {
        return pages[record >>> pageShift];
    }

    /** Offset of a record within its page. */
    int offset(final int record)
    {
        return (record & pageMask) << recordShift;
    }

    void putBytes(final int record, final int field, final DirectBuffer source, final int index, final int length)
    {
        page(record).putBytes(offset(record) + field, source, index, length);
    }

    boolean hasBytes(final int record, final int field, final DirectBuffer other, final int index, final int length)
    {
        final UnsafeBuffer page = page(record);
        final int offset = offset(record) + field;

        for (int i = 0; i < length; i++)
        {
            if (page.getByte(offset + i) != other.getByte(index + i))
            {
                return false;
            }
        }

        return true;
    }

    void close()
    {
        for (int i = 0; i < pageCount; i++)
        {
            ledger.free(MemoryTag.WATCHES, pages[i]);
            pages[i] = null;
        }

        pageCount = 0;
        freeHead = NONE;
        end = 1;
    }
}
