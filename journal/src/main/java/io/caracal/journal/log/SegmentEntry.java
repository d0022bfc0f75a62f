/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A segment as the manifest names it.
 *
 * @param ordinal       number of the segment, rising.
 * @param id            random; seeds its checksums.
 * @param baseZxid      last zxid before its first record.
 * @param firstPosition of the excerpt header of its first record.
 * @param cutPosition   end of its last record that counts; 0 while it is open.
 * @param lastZxid      zxid of that record; 0 while it is open.
 * @param length        of its file when it was named; a shorter file has lost its end.
 */
record SegmentEntry(long ordinal, long id, long baseZxid, long firstPosition, long cutPosition, long lastZxid,
    long length)
{
    boolean isOpen()
    {
        return cutPosition == 0;
    }

    SegmentEntry closed(final long newCutPosition, final long newLastZxid)
    {
        return new SegmentEntry(ordinal, id, baseZxid, firstPosition, newCutPosition, newLastZxid, length);
    }

    Path directory(final Path segments)
    {
        return directory(segments, ordinal, id);
    }

    Path file(final Path segments)
    {
        return directory(segments).resolve(Segment.FILE_NAME);
    }

    static Path directory(final Path segments, final long ordinal, final long id)
    {
        return segments.resolve(String.format(Locale.ROOT, "%010d-%016x", ordinal, id));
    }
}
