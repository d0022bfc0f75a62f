/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A cursor that encodes values one after the other. The buffer stays with its owner and must be large enough. */
public final class JuteWriter
{
    private MutableDirectBuffer buffer;
    private int position;

    /**
     * Begins to write.
     *
     * @param target written to.
     * @param offset of the first byte.
     */
    public void wrap(final MutableDirectBuffer target, final int offset)
    {
        buffer = target;
        position = offset;
    }

    /**
     * Length of an encoded string or buffer.
     *
     * @param length of its bytes, {@link JuteReader#NULL} for null.
     * @return bytes, including the length field.
     */
    public static int lengthOfRange(final int length)
    {
        return Integer.BYTES + Math.max(length, 0);
    }

    /**
     * The wrapped buffer.
     *
     * @return as given to {@link #wrap}.
     */
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where the next value goes.
     *
     * @return offset within {@link #buffer()}.
     */
    public int position()
    {
        return position;
    }

    /**
     * Leaves room for a record that another encoder writes.
     *
     * @param length of the room.
     * @return offset of the room within {@link #buffer()}.
     */
    public int reserve(final int length)
    {
        final int offset = position;
        position = offset + length;

        return offset;
    }

    /**
     * Writes 32 bits.
     *
     * @param value any.
     * @return this.
     */
    public JuteWriter writeInt(final int value)
    {
        buffer.putInt(reserve(Integer.BYTES), value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Writes 64 bits.
     *
     * @param value any.
     * @return this.
     */
    public JuteWriter writeLong(final long value)
    {
        buffer.putLong(reserve(Long.BYTES), value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Writes a boolean.
     *
     * @param value any.
     * @return this.
     */
    public JuteWriter writeBool(final boolean value)
    {
        buffer.putByte(reserve(1), value ? (byte)1 : (byte)0);
        return this;
    }

    /**
     * Writes a string or buffer.
     *
     * @param source holds the bytes.
     * @param offset of the first.
     * @param length how many, {@link JuteReader#NULL} for null.
     * @return this.
     */
    public JuteWriter writeRange(final DirectBuffer source, final int offset, final int length)
    {
        writeInt(length);

        if (length > 0)
        {
            buffer.putBytes(reserve(length), source, offset, length);
        }

        return this;
    }

    /**
     * Writes bytes as they are, without a length.
     *
     * @param source holds the bytes.
     * @param offset of the first.
     * @param length how many.
     * @return this.
     */
    public JuteWriter writeRaw(final DirectBuffer source, final int offset, final int length)
    {
        buffer.putBytes(reserve(length), source, offset, length);
        return this;
    }
}
