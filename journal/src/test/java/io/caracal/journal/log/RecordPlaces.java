/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Finds records in the files of segments, for tests that damage them. */
public final class RecordPlaces
{
    private static final int HEXADECIMAL = 16;

    private RecordPlaces()
    {
    }

    /**
     * Where a record lies.
     *
     * @return position of the header of its first excerpt, -1 when this file does not hold it.
     */
    public static long positionOf(final Path file, final long zxid)
    {
        final String name = file.getParent().getFileName().toString();
        final long id = Long.parseUnsignedLong(name.substring(name.indexOf('-') + 1), HEXADECIMAL);

        try
        {
            final long first = SegmentScanner.firstPosition(file, id);
            try (SegmentScanner scanner = new SegmentScanner(file, id, first, Long.MAX_VALUE))
            {
                while (scanner.next())
                {
                    if (scanner.zxid() == zxid)
                    {
                        return scanner.recordPosition();
                    }
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        return -1;
    }
}
