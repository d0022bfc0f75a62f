/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Reads what {@link StatEncoder} writes. */
public final class StatDecoder
{
    private DirectBuffer buffer;
    private int offset;

    /**
     * Chooses what to read.
     *
     * @param source stays with its owner.
     * @param at     offset of the first of {@link StatEncoder#LENGTH} bytes.
     * @return this.
     */
    public StatDecoder wrap(final DirectBuffer source, final int at)
    {
        source.boundsCheck(at, StatEncoder.LENGTH);
        buffer = source;
        offset = at;

        return this;
    }

    /**
     * Zxid of the creation.
     *
     * @return the value.
     */
    public long czxid()
    {
        return buffer.getLong(offset, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Zxid of the last change of the data.
     *
     * @return the value.
     */
    public long mzxid()
    {
        return buffer.getLong(offset + 8, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Time of the creation, wall-clock milliseconds.
     *
     * @return the value.
     */
    public long ctimeMs()
    {
        return buffer.getLong(offset + 16, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Time of the last change of the data, wall-clock milliseconds.
     *
     * @return the value.
     */
    public long mtimeMs()
    {
        return buffer.getLong(offset + 24, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Changes of the data.
     *
     * @return the value.
     */
    public int version()
    {
        return buffer.getInt(offset + 32, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Changes of the children, as clients see it.
     *
     * @return the value.
     */
    public int cversion()
    {
        return buffer.getInt(offset + 36, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Changes of the ACL.
     *
     * @return the value.
     */
    public int aversion()
    {
        return buffer.getInt(offset + 40, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Session of an ephemeral, 0 for all others.
     *
     * @return the value.
     */
    public long ephemeralOwner()
    {
        return buffer.getLong(offset + 44, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Length of the data, 0 for null.
     *
     * @return the value.
     */
    public int dataLength()
    {
        return buffer.getInt(offset + 52, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Number of children.
     *
     * @return the value.
     */
    public int numChildren()
    {
        return buffer.getInt(offset + 56, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Zxid of the last change of the children.
     *
     * @return the value.
     */
    public long pzxid()
    {
        return buffer.getLong(offset + 60, ByteOrder.BIG_ENDIAN);
    }
}
