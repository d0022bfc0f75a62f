/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/**
 * create, create2 and createContainer: {@code str path, buf data, vec<ACL> acl, i32 flags}. A null path and
 * unknown flags decode, and are refused later.
 */
public class CreateRequestDecoder extends PathRequestDecoder
{
    /** Time to live of a request that has none. */
    public static final long NO_TTL = -1;

    private int dataOffset;
    private int dataLength;
    private int aclOffset;
    private int aclLength;
    private int flags;
    private boolean isAclNull;

    @Override
    boolean decode(final JuteReader record)
    {
        decodePath(record);
        dataLength = record.readRange();
        dataOffset = record.rangeOffset();
        aclOffset = record.position();
        isAclNull = record.skipAcls() == JuteReader.NULL;
        aclLength = record.position() - aclOffset;
        flags = record.readInt();

        return true;
    }

    /**
     * Where the data begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public final int dataOffset()
    {
        return dataOffset;
    }

    /**
     * Length of the data.
     *
     * @return bytes, {@link JuteReader#NULL} for null.
     */
    public final int dataLength()
    {
        return dataLength;
    }

    /**
     * Where the vector of ACL entries begins, count included.
     *
     * @return offset within {@link #buffer()}.
     */
    public final int aclOffset()
    {
        return aclOffset;
    }

    /**
     * Length of the vector of ACL entries, count included.
     *
     * @return bytes, at least 4.
     */
    public final int aclLength()
    {
        return aclLength;
    }

    /**
     * Whether the vector of ACL entries is null.
     *
     * @return true when so.
     */
    public final boolean isAclNull()
    {
        return isAclNull;
    }

    /**
     * Kind of the znode.
     *
     * @return any value; see {@link CreateMode}.
     */
    public final int flags()
    {
        return flags;
    }

    /**
     * Time to live.
     *
     * @return milliseconds as sent, {@link #NO_TTL} for records without one.
     */
    public long ttlMs()
    {
        return NO_TTL;
    }
}
