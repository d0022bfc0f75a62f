/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** setACL: {@code str path, vec<ACL> acl, i32 version}. A null path decodes, and is refused later as a bad argument. */
public final class SetAclRequestDecoder extends PathRequestDecoder
{
    private int aclOffset;
    private int aclLength;
    private int version;

    @Override
    boolean decode(final JuteReader record)
    {
        decodePath(record);
        aclOffset = record.position();
        record.skipAcls();
        aclLength = record.position() - aclOffset;
        version = record.readInt();

        return true;
    }

    /**
     * Where the vector of ACL entries begins, count included.
     *
     * @return offset within {@link #buffer()}.
     */
    public int aclOffset()
    {
        return aclOffset;
    }

    /**
     * Length of the vector of ACL entries, count included.
     *
     * @return bytes, at least 4.
     */
    public int aclLength()
    {
        return aclLength;
    }

    /**
     * ACL version that the znode must have.
     *
     * @return -1 for any.
     */
    public int version()
    {
        return version;
    }
}
