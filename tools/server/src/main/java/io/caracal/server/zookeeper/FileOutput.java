/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Adler32;
import org.agrona.DirectBuffer;

/** Writes big-endian values and computes a checksum of all bytes. Used by one thread. */
final class FileOutput
{
    private static final int BUFFER_LENGTH = 64 * 1024;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_LENGTH];
    private final Adler32 sum = new Adler32();
    private int length;
    private long written;

    FileOutput(final OutputStream out)
    {
        this.out = out;
    }

    void writeByte(final int value) throws IOException
    {
        if (length == BUFFER_LENGTH)
        {
            flush();
        }
        buffer[length++] = (byte)value;
    }

    void writeInt(final int value) throws IOException
    {
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE)
        {
            writeByte(value >>> shift);
        }
    }

    void writeLong(final long value) throws IOException
    {
        writeInt((int)(value >>> Integer.SIZE));
        writeInt((int)value);
    }

    void writeBytes(final DirectBuffer source, final int offset, final int count) throws IOException
    {
        int done = 0;
        while (done < count)
        {
            if (length == BUFFER_LENGTH)
            {
                flush();
            }
            final int part = Math.min(count - done, BUFFER_LENGTH - length);
            source.getBytes(offset + done, buffer, length, part);
            length += part;
            done += part;
        }
    }

    /** Writes a length and the bytes. */
    void writeBuffer(final DirectBuffer source, final int count) throws IOException
    {
        writeInt(count);
        writeBytes(source, 0, Math.max(0, count));
    }

    /** Returns the Adler-32 of all bytes so far. */
    long sum() throws IOException
    {
        flush();

        return sum.getValue();
    }

    long written()
    {
        return written + length;
    }

    void flush() throws IOException
    {
        sum.update(buffer, 0, length);
        out.write(buffer, 0, length);
        written += length;
        length = 0;
    }
}
