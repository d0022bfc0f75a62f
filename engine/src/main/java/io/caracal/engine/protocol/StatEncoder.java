/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes the Stat of a znode, 68 bytes, in five calls:
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

    private static final int CZXID = 0;
    private static final int MZXID = 8;
    private static final int CTIME = 16;
    private static final int MTIME = 24;
    private static final int VERSION = 32;
    private static final int AVERSION = 40;
    private static final int EPHEMERAL_OWNER = 44;
    private static final int DATA_LENGTH = 52;
    private static final int PZXID = 60;

    private MutableDirectBuffer buffer;
    private int offset;

    /**
     * Sets the place to write to.
     *
     * @param target stays with its owner.
     * @param at     offset of the first of {@link #LENGTH} bytes.
     * @return this.
     */
    public StatEncoder wrap(final MutableDirectBuffer target, final int at)
    {
        buffer = target;
        offset = at;

        return this;
    }

    /**
     * Writes the zxids of changes.
     *
     * @param czxid of the creation.
     * @param mzxid of the last change of the data.
     * @param pzxid of the last change of the children.
     * @return this.
     */
    public StatEncoder zxids(final long czxid, final long mzxid, final long pzxid)
    {
        final MutableDirectBuffer target = buffer;
        final int at = offset;
        target.putLong(at + CZXID, czxid, ByteOrder.BIG_ENDIAN);
        target.putLong(at + MZXID, mzxid, ByteOrder.BIG_ENDIAN);
        target.putLong(at + PZXID, pzxid, ByteOrder.BIG_ENDIAN);

        return this;
    }

    /**
     * Writes the times of changes, in wall-clock milliseconds.
     *
     * @param ctimeMs of the creation.
     * @param mtimeMs of the last change of the data.
     * @return this.
     */
    public StatEncoder times(final long ctimeMs, final long mtimeMs)
    {
        final MutableDirectBuffer target = buffer;
        final int at = offset;
        target.putLong(at + CTIME, ctimeMs, ByteOrder.BIG_ENDIAN);
        target.putLong(at + MTIME, mtimeMs, ByteOrder.BIG_ENDIAN);

        return this;
    }

    /**
     * Writes the versions, which count changes.
     *
     * @param version  of the data.
     * @param cversion of the children, as clients see it.
     * @param aversion of the ACL.
     * @return this.
     */
    public StatEncoder versions(final int version, final int cversion, final int aversion)
    {
        final MutableDirectBuffer target = buffer;
        final int at = offset;
        target.putLong(at + VERSION, pair(version, cversion), ByteOrder.BIG_ENDIAN);
        target.putInt(at + AVERSION, aversion, ByteOrder.BIG_ENDIAN);

        return this;
    }

    /**
     * Writes the session of an ephemeral.
     *
     * @param owner its id, 0 for all other znodes.
     * @return this.
     */
    public StatEncoder ephemeralOwner(final long owner)
    {
        buffer.putLong(offset + EPHEMERAL_OWNER, owner, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Writes the sizes.
     *
     * @param dataLength  length of the data, 0 for null.
     * @param numChildren number of children.
     * @return this.
     */
    public StatEncoder sizes(final int dataLength, final int numChildren)
    {
        buffer.putLong(offset + DATA_LENGTH, pair(dataLength, numChildren), ByteOrder.BIG_ENDIAN);
        return this;
    }

    private static long pair(final int first, final int second)
    {
        return (long)first << Integer.SIZE | Integer.toUnsignedLong(second);
    }
}
