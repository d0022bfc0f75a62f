/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Adler32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.agrona.ExpandableArrayBuffer;

/**
 * Reads big-endian values from a file and computes a checksum of all bytes read. The file is unpacked if its name says
 * that it is packed. Offsets count unpacked bytes. Used by one thread.
 */
final class FileInput implements AutoCloseable
{
    /** The length of a null string, buffer or vector. */
    static final int NULL = -1;

    static final String UNREADABLE = "it cannot be read";

    private static final int BUFFER_LENGTH = 64 * 1024;
    private static final int BYTE_MASK = 0xFF;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_LENGTH];
    private final Adler32 sum = new Adler32();
    private int position;
    private int summedPosition;
    private int end;
    private long bufferOffset;

    FileInput(final Path file) throws IOException
    {
        this.file = file;
        try
        {
            in = unpacked(file);
        }
        catch (final ZipException | EOFException ex)
        {
            throw new FileDamage(file, 0, "it is not packed as its name says (" + ex.getMessage() + ")");
        }
    }

    /** Opens a file. The stream unpacks it if its name says that it is packed. */
    static InputStream unpacked(final Path file) throws IOException
    {
        final String name = file.getFileName().toString();
        final InputStream raw = Files.newInputStream(file);
        try
        {
            return name.endsWith(SnapshotName.GZIP) ? new GZIPInputStream(raw, BUFFER_LENGTH) :
                name.endsWith(SnapshotName.SNAPPY) ? new SnappyStream(raw) : raw;
        }
        catch (final IOException ex)
        {
            raw.close();
            throw ex;
        }
    }

    Path file()
    {
        return file;
    }

    /** Number of unpacked bytes read so far. */
    long offset()
    {
        return bufferOffset + position;
    }

    /** Returns the Adler-32 of all bytes since the beginning, or since the last {@link #restartSum}. */
    long sum()
    {
        sum.update(buffer, summedPosition, position - summedPosition);
        summedPosition = position;

        return sum.getValue();
    }

    void restartSum()
    {
        summedPosition = position;
        sum.reset();
    }

    /** Whether the file ends here. */
    boolean isAtEnd() throws IOException
    {
        return position == end && !fill();
    }

    int readInt() throws IOException
    {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++)
        {
            value = value << Byte.SIZE | readByte();
        }

        return value;
    }

    long readLong() throws IOException
    {
        final long high = readInt();

        return high << Integer.SIZE | (readInt() & 0xFFFF_FFFFL);
    }

    int readByte() throws IOException
    {
        if (position == end && !fill())
        {
            throw new EOFException();
        }

        return buffer[position++] & BYTE_MASK;
    }

    /**
     * Reads a number of bytes. Memory grows only with the bytes that are actually there, because a length may be
     * damaged.
     */
    void readBytes(final ExpandableArrayBuffer target, final int at, final int length) throws IOException
    {
        int done = 0;
        while (done < length)
        {
            if (position == end && !fill())
            {
                throw new EOFException();
            }
            final int part = Math.min(length - done, end - position);
            target.putBytes(at + done, buffer, position, part);
            position += part;
            done += part;
        }
    }

    /** Reads a length and that many bytes. Returns the length, {@link #NULL} for null. */
    int readBuffer(final ExpandableArrayBuffer target) throws IOException
    {
        final int length = readInt();
        if (length < NULL)
        {
            throw damage("a length of " + length);
        }
        if (length > 0)
        {
            readBytes(target, 0, length);
        }

        return length;
    }

    FileDamage damage(final String what)
    {
        return new FileDamage(file, offset(), what);
    }

    private boolean fill() throws IOException
    {
        sum.update(buffer, summedPosition, position - summedPosition);
        bufferOffset += position;
        position = 0;
        summedPosition = 0;
        end = 0;
        final int count;
        try
        {
            count = in.read(buffer);
        }
        catch (final ZipException ex)
        {
            throw damage("it cannot be unpacked (" + ex.getMessage() + ")");
        }
        catch (final EOFException ex)
        {
            throw ex;
        }
        catch (final IOException ex)
        {
            // The system's error about an open file does not name it.
            throw damage(UNREADABLE + " (" + ex.getMessage() + ")");
        }
        end = Math.max(0, count);

        return count > 0;
    }

    @Override
    public void close() throws IOException
    {
        in.close();
    }
}
