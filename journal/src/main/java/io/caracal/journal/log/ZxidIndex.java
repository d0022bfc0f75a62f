/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import java.util.Arrays;

/**
 * Maps zxids to positions of records in a segment, with one entry for each stretch of it, so that a reader starts near
 * what it looks for. Of fixed size, allocated with its segment. One thread adds; any thread reads, and may miss the
 * newest entries.
 */
final class ZxidIndex
{
    /** Least distance of the records of two entries, in bytes. */
    static final int STRIDE = 64 * 1024;

    /** The index of no segment. */
    static final ZxidIndex EMPTY = new ZxidIndex(0, 0);

    private final long ordinal;
    private final long[] zxids;
    private final long[] positions;
    private volatile int count;

    ZxidIndex(final long ordinal, final long segmentLength)
    {
        this.ordinal = ordinal;
        final int capacity = Math.toIntExact(segmentLength / STRIDE + 1);
        zxids = new long[capacity];
        positions = new long[capacity];
    }

    /** Notes a record whose excerpt header lies at a position. Records come in order. */
    void add(final long zxid, final long position)
    {
        final int next = count;
        if (next < zxids.length && (next == 0 || position - positions[next - 1] >= STRIDE))
        {
            zxids[next] = zxid;
            positions[next] = position;
            count = next + 1;
        }
    }

    /**
     * Position of the last entry whose zxid is not greater than the given one, or {@code otherwise} when there is none.
     */
    long floorPosition(final long zxid, final long otherwise)
    {
        final int index = floorIndex(zxid);
        return index < 0 ? otherwise : positions[index];
    }

    /** The last entry whose zxid is not greater than the given one; {@link RecordPlace#NONE} when there is none. */
    RecordPlace floor(final long zxid)
    {
        final int index = floorIndex(zxid);
        return index < 0 ? RecordPlace.NONE : new RecordPlace(ordinal, positions[index], zxids[index]);
    }

    private int floorIndex(final long zxid)
    {
        final int found = Arrays.binarySearch(zxids, 0, count, zxid);
        return found >= 0 ? found : -found - 2;
    }
}
