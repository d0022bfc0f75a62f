/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a segment ends when nothing after a zxid counts.
 *
 * @param lastZxid of the last remaining record, or the zxid after which the segment begins.
 * @param position end of that record.
 */
record SegmentCut(long lastZxid, long position)
{
    /** Finds the cut. In the segment that takes the appends, the index saves reading from its start. */
    static SegmentCut after(final SegmentEntry entry, final Path segments, final long zxid, final Segment current)
        throws IOException
    {
        final long start = entry.isOpen() && current != null ? current.index().floorPosition(zxid,
            entry.firstPosition()) : entry.firstPosition();
        final long limit = entry.isOpen() ? Long.MAX_VALUE : entry.cutPosition();

        try (SegmentScanner scanner = start == entry.firstPosition() ? new SegmentScanner(entry.file(segments),
            entry.id(), start, limit) : SegmentScanner.within(entry.file(segments), entry.id(), start, limit))
        {
            SegmentCut cut = new SegmentCut(entry.baseZxid(), entry.firstPosition());
            while (scanner.next() && scanner.zxid() <= zxid)
            {
                cut = new SegmentCut(scanner.zxid(), scanner.cutPosition());
            }

            return cut;
        }
    }
}
