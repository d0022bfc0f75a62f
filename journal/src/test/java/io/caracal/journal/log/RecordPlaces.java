/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import java.io.IOException;
import java.io.RandomAccessFile;
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
     * Finds a record.
     *
     * @return position of the header of its first excerpt, -1 when this file does not contain it.
     */
    public static long positionOf(final Path file, final long zxid)
    {
        try (SegmentScanner scanner = scanner(file))
        {
            while (scanner.next())
            {
                if (scanner.zxid() == zxid)
                {
                    return scanner.recordPosition();
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        return -1;
    }

    /**
     * Erases the mark after the last record. It is written some time after the record, so a kill may come before or
     * after it.
     *
     * @throws IOException when the file cannot be read or written.
     */
    static void eraseLastMark(final Path file) throws IOException
    {
        if (SegmentScanner.firstPosition(file, idOf(file)) < 0)
        {
            // A spare segment that is still being prepared holds nothing.
            return;
        }

        final long recordsEnd;
        final long end;
        try (SegmentScanner scanner = scanner(file))
        {
            long position = scanner.cutPosition();
            while (scanner.next())
            {
                position = scanner.cutPosition();
            }

            recordsEnd = position;
            end = scanner.cutPosition();
        }

        if (end - recordsEnd == Integer.BYTES + RecordFrame.CHUNK_HEADER_LENGTH)
        {
            try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw"))
            {
                access.seek(recordsEnd);
                access.write(new byte[(int)(end - recordsEnd)]);
            }
        }
    }

    private static SegmentScanner scanner(final Path file) throws IOException
    {
        final long id = idOf(file);

        return new SegmentScanner(file, id, SegmentScanner.firstPosition(file, id), Long.MAX_VALUE);
    }

    private static long idOf(final Path file)
    {
        final String name = file.getParent().getFileName().toString();

        return Long.parseUnsignedLong(name.substring(name.indexOf('-') + 1), HEXADECIMAL);
    }
}
