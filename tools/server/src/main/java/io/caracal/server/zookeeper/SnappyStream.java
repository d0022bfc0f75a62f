/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Unpacks the output of snappy-java's stream, which is the packing that ZooKeeper calls snappy: a head, then blocks
 * that are each preceded by their length. The block format is small and fixed, so it is read here rather than by a
 * library with native code.
 *
 * <pre>
 *   82 S N A P P Y 00 | version i32 | oldest reader i32 | ( length i32 | block ) ...
 *   block: length of its contents, 7 bits to a byte, lowest first; then elements
 *   element by the two lowest bits of its first byte:  00 literal   01, 10, 11 copy with an offset of 11, 16, 32 bits
 * </pre>
 */
final class SnappyStream extends InputStream
{
    private static final int HEAD = 0x82534E41;
    private static final int HEAD_REST_LENGTH = 12;
    private static final int BLOCK_LENGTH_MAX = 64 << 20;
    private static final int LITERAL = 0;
    private static final int COPY_1 = 1;
    private static final int COPY_2 = 2;
    private static final int LITERAL_INLINE_MAX = 59;
    private static final int BYTE_MASK = 0xFF;

    private final InputStream in;
    private byte[] packed = new byte[0];
    private byte[] block = new byte[0];
    private int next;
    private int packedLength;
    private int position;
    private int end;

    SnappyStream(final InputStream in) throws IOException
    {
        this.in = in;
        if (readInt() != HEAD)
        {
            throw new ZipException("no snappy stream");
        }
        skipHead();
    }

    private void skipHead() throws IOException
    {
        if (in.readNBytes(HEAD_REST_LENGTH).length < HEAD_REST_LENGTH)
        {
            throw new EOFException("ends within its head");
        }
    }

    @Override
    public int read() throws IOException
    {
        return position == end && !nextBlock() ? -1 : block[position++] & BYTE_MASK;
    }

    @Override
    public int read(final byte[] target, final int offset, final int length) throws IOException
    {
        if (position == end && !nextBlock())
        {
            return -1;
        }

        final int count = Math.min(length, end - position);
        System.arraycopy(block, position, target, offset, count);
        position += count;

        return count;
    }

    private boolean nextBlock() throws IOException
    {
        do
        {
            final int first = in.read();
            if (first < 0)
            {
                return false;
            }
            int length = first << 24 | readByte() << 16 | readByte() << 8 | readByte();
            while (length == HEAD)
            {
                // Streams may be concatenated; each begins with its own head.
                skipHead();
                length = readInt();
            }
            check(length > 0 && length <= BLOCK_LENGTH_MAX, "a block of impossible length");
            load(length);
            unpack();
        }
        while (position == end);

        return true;
    }

    private void load(final int length) throws IOException
    {
        packed = packed.length < length ? new byte[length] : packed;
        packedLength = in.readNBytes(packed, 0, length);
        if (packedLength < length)
        {
            throw new EOFException("ends within a block");
        }
        next = 0;
    }

    private void unpack() throws IOException
    {
        final int length = contentLength();
        check(length >= 0 && length <= BLOCK_LENGTH_MAX, "a block of impossible contents");
        block = block.length < length ? new byte[length] : block;
        position = 0;
        end = 0;
        while (next < packedLength)
        {
            element(packedByte(), length);
        }
        check(end == length, "a block with other contents than it says");
    }

    private int contentLength() throws IOException
    {
        int length = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE - 1)
        {
            final int part = packedByte();
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return length;
            }
        }

        return -1;
    }

    private void element(final int tag, final int length) throws IOException
    {
        switch (tag & 3)
        {
            case LITERAL -> literal(tag >>> 2, length);
            case COPY_1 -> copy((tag >>> 2 & 7) + 4, (tag >>> 5) << Byte.SIZE | packedByte(), length);
            case COPY_2 -> copy((tag >>> 2) + 1, number(2), length);
            default -> copy((tag >>> 2) + 1, number(4), length);
        }
    }

    private void literal(final int size, final int length) throws IOException
    {
        final int count = (size <= LITERAL_INLINE_MAX ? size : number(size - LITERAL_INLINE_MAX)) + 1;
        check(count > 0 && count <= packedLength - next && count <= length - end, "a literal that is too long");
        System.arraycopy(packed, next, block, end, count);
        next += count;
        end += count;
    }

    /** Copies byte by byte, because a copy may overlap its own output and then repeats it. */
    private void copy(final int count, final int distance, final int length) throws IOException
    {
        check(distance > 0 && distance <= end && count <= length - end, "a copy out of range");
        for (int i = 0; i < count; i++)
        {
            block[end] = block[end - distance];
            end++;
        }
    }

    private int number(final int bytes) throws IOException
    {
        int value = 0;
        for (int i = 0; i < bytes; i++)
        {
            value |= packedByte() << (i * Byte.SIZE);
        }

        return value;
    }

    private int packedByte() throws IOException
    {
        check(next < packedLength, "a block that ends too early");

        return packed[next++] & BYTE_MASK;
    }

    private int readInt() throws IOException
    {
        return readByte() << 24 | readByte() << 16 | readByte() << 8 | readByte();
    }

    private int readByte() throws IOException
    {
        final int value = in.read();
        if (value < 0)
        {
            throw new EOFException("ends within a length");
        }

        return value;
    }

    private static void check(final boolean holds, final String what) throws ZipException
    {
        if (!holds)
        {
            throw new ZipException(what);
        }
    }

    @Override
    public void close() throws IOException
    {
        in.close();
    }
}
