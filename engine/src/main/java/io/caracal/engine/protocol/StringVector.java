/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A vector of strings, read in place. It was checked completely when it was decoded. Iterate with {@link #rewind()} and
 * {@link #next()}; valid as long as the buffer is.
 */
public final class StringVector
{
    private DirectBuffer buffer;
    private int count = JuteReader.NULL;
    private int firstOffset;
    private int visited;
    private int nextOffset;
    private int offset;
    private int length;

    void decode(final JuteReader reader)
    {
        buffer = reader.buffer();
        count = reader.readCount(Integer.BYTES);
        firstOffset = reader.position();

        for (int i = 0; reader.isOk() && i < count; i++)
        {
            reader.readRange();
        }

        rewind();
    }

    /**
     * Number of strings.
     *
     * @return {@link JuteReader#NULL} when the vector itself is null.
     */
    public int count()
    {
        return count;
    }

    /** Goes back before the first string. */
    public void rewind()
    {
        visited = 0;
        nextOffset = firstOffset;
    }

    /**
     * Steps to the next string.
     *
     * @return false when there is none.
     */
    public boolean next()
    {
        if (visited >= count)
        {
            return false;
        }

        length = buffer.getInt(nextOffset, ByteOrder.BIG_ENDIAN);
        offset = nextOffset + Integer.BYTES;
        nextOffset = offset + Math.max(length, 0);
        visited++;

        return true;
    }

    /**
     * The buffer that holds the strings.
     *
     * @return the buffer that was decoded.
     */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where the current string begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public int offset()
    {
        return offset;
    }

    /**
     * Length of the current string.
     *
     * @return bytes, {@link JuteReader#NULL} for null.
     */
    public int length()
    {
        return length;
    }
}
