/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Stat of a znode, 68 bytes:
 *
 * <pre>
 *   0 czxid   8 mzxid   16 ctime   24 mtime   32 version   36 cversion   40 aversion
 *  44 ephemeralOwner   52 dataLength   56 numChildren   60 pzxid
 * </pre>
 */
public final class StatEncoder
{
    /** Length in bytes. */
    public static final int LENGTH = 68;

    private MutableDirectBuffer buffer;
    private int offset;

    /**
     * Chooses where to write.
     *
     * @param target stays with its owner.
     * @param at     offset of the first of {@link #LENGTH} bytes.
     * @return this.
     */
    public StatEncoder wrap(final MutableDirectBuffer target, final int at)
    {
        target.boundsCheck(at, LENGTH);
        buffer = target;
        offset = at;

        return this;
    }

    /**
     * Zxid of the creation.
     *
     * @param value to write.
     * @return this.
     */
    public StatEncoder czxid(final long value)
    {
        buffer.putLong(offset, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Zxid of the last change of the data.
     *
     * @param value to write.
     * @return this.
     */
    public StatEncoder mzxid(final long value)
    {
        buffer.putLong(offset + 8, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Time of the creation, wall-clock milliseconds.
     *
     * @param value to write.
     * @return this.
     */
    public StatEncoder ctimeMs(final long value)
    {
        buffer.putLong(offset + 16, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Time of the last change of the data, wall-clock milliseconds.
     *
     * @param value to write.
     * @return this.
     */
    public StatEncoder mtimeMs(final long value)
    {
        buffer.putLong(offset + 24, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Changes of the data.
     *
     * @param value to write.
     * @return this.
     */
    public StatEncoder version(final int value)
    {
        buffer.putInt(offset + 32, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Changes of the children, as clients see it.
     *
     * @param value to write.
     * @return this.
     */
    public StatEncoder cversion(final int value)
    {
        buffer.putInt(offset + 36, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Changes of the ACL.
     *
     * @param value to write.
     * @return this.
     */
    public StatEncoder aversion(final int value)
    {
        buffer.putInt(offset + 40, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Session of an ephemeral, 0 for all others.
     *
     * @param value to write.
     * @return this.
     */
    public StatEncoder ephemeralOwner(final long value)
    {
        buffer.putLong(offset + 44, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Length of the data, 0 for null.
     *
     * @param value to write.
     * @return this.
     */
    public StatEncoder dataLength(final int value)
    {
        buffer.putInt(offset + 52, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Number of children.
     *
     * @param value to write.
     * @return this.
     */
    public StatEncoder numChildren(final int value)
    {
        buffer.putInt(offset + 56, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Zxid of the last change of the children.
     *
     * @param value to write.
     * @return this.
     */
    public StatEncoder pzxid(final long value)
    {
        buffer.putLong(offset + 60, value, ByteOrder.BIG_ENDIAN);
        return this;
    }
}
