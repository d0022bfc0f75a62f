/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A cursor over one encoded record that never reads beyond its end and never throws. After the first value that cannot
 * be read, the reader has failed for good: {@link #isOk()} is false, and everything read later is a harmless zero or
 * null. The buffer stays with its owner and is not copied.
 */
public final class JuteReader
{
    /** Length of a null string, buffer or vector. */
    public static final int NULL = -1;

    /** Default limit on one element: twice the default frame limit. */
    public static final int ELEMENT_LENGTH_MAX = 2 * 0xFFFFF;

    private static final int ACL_LENGTH_MIN = 12;

    private DirectBuffer buffer;
    private int position;
    private int end;
    private int rangeOffset;
    private int elementLengthMax = ELEMENT_LENGTH_MAX;
    private boolean ok;

    /**
     * Limits the length of one string or buffer.
     *
     * @param lengthMax in bytes, zero or more; a longer element makes the reader fail.
     */
    public void elementLengthMax(final int lengthMax)
    {
        elementLengthMax = lengthMax;
    }

    /**
     * Begins a record.
     *
     * @param record holds it, valid while the reader is used.
     * @param offset of its first byte.
     * @param length bytes that may be read.
     */
    public void wrap(final DirectBuffer record, final int offset, final int length)
    {
        buffer = record;
        position = offset;
        end = offset + length;
        rangeOffset = offset;
        ok = true;
    }

    /**
     * Whether everything so far could be read.
     *
     * @return false from the first failure on.
     */
    public boolean isOk()
    {
        return ok;
    }

    /**
     * The wrapped buffer.
     *
     * @return as given to {@link #wrap}.
     */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where the next value begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public int position()
    {
        return position;
    }

    /**
     * Number of bytes not yet read.
     *
     * @return zero or more.
     */
    public int remaining()
    {
        return end - position;
    }

    /**
     * Reads 32 bits.
     *
     * @return the value, 0 after a failure.
     */
    public int readInt()
    {
        final int offset = take(Integer.BYTES);
        return ok ? buffer.getInt(offset, ByteOrder.BIG_ENDIAN) : 0;
    }

    /**
     * Reads 64 bits.
     *
     * @return the value, 0 after a failure.
     */
    public long readLong()
    {
        final int offset = take(Long.BYTES);
        return ok ? buffer.getLong(offset, ByteOrder.BIG_ENDIAN) : 0;
    }

    /**
     * Reads one byte as a boolean.
     *
     * @return true for any byte except zero; false after a failure.
     */
    public boolean readBool()
    {
        final int offset = take(1);
        return ok && buffer.getByte(offset) != 0;
    }

    /**
     * Reads a string or buffer; its bytes begin at {@link #rangeOffset()}.
     *
     * @return length in bytes, {@link #NULL} for null and after a failure.
     */
    public int readRange()
    {
        final int length = readInt();
        final int offset = position;

        if (length == NULL && ok)
        {
            return NULL;
        }

        if (!ok || length < 0 || length > elementLengthMax || length > end - offset)
        {
            ok = false;
            return NULL;
        }

        rangeOffset = offset;
        position = offset + length;
        return length;
    }

    /**
     * Where the bytes of the last {@link #readRange()} begin.
     *
     * @return offset within {@link #buffer()}; meaningless when the range was null.
     */
    public int rangeOffset()
    {
        return rangeOffset;
    }

    /**
     * Reads the count of a vector. A negative count that does not stand for null is that of an empty vector, as
     * ZooKeeper reads it.
     *
     * @param elementLengthMin minimum length of one element in bytes: a count that cannot fit fails at once.
     * @return number of elements, {@link #NULL} for null and after a failure.
     */
    public int readCount(final int elementLengthMin)
    {
        final int count = readInt();

        if (!ok || count == NULL)
        {
            return NULL;
        }

        if (count > remaining() / elementLengthMin)
        {
            ok = false;
            return NULL;
        }

        return Math.max(count, 0);
    }

    /**
     * Skips a vector of ACL entries.
     *
     * @return number of entries, {@link #NULL} for null and after a failure.
     */
    public int skipAcls()
    {
        final int count = readCount(ACL_LENGTH_MIN);

        for (int i = 0; ok && i < count; i++)
        {
            readInt();
            readRange();
            readRange();
        }

        return ok ? count : NULL;
    }

    /**
     * Skips bytes.
     *
     * @param length zero or more.
     */
    public void skip(final int length)
    {
        take(length);
    }

    private int take(final int length)
    {
        final int offset = position;

        if (!ok || length > end - offset)
        {
            ok = false;
            return offset;
        }

        position = offset + length;
        return offset;
    }
}
