/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import org.agrona.DirectBuffer;

/**
 * The initial contents of a znode. The caller keeps one instance and fills it for each znode: {@link #name} comes first
 * and resets everything else. The buffers stay the caller's; {@link DataTree#create} copies out of them.
 */
public final class NewZnode
{
    private DirectBuffer name;
    private int nameOffset;
    private int nameLength;
    private DirectBuffer data;
    private int dataOffset;
    private int dataLength = PayloadStore.NULL_LENGTH;
    private int aclId = AclTable.NONE;
    private long ephemeralOwner = EphemeralOwner.NONE;

    /**
     * Sets the name and resets everything else: a persistent znode with a null payload and, so far, no ACL.
     *
     * @param buffer holds the name.
     * @param offset of the name.
     * @param length of the name in bytes, 1 or more.
     * @return this.
     */
    public NewZnode name(final DirectBuffer buffer, final int offset, final int length)
    {
        name = buffer;
        nameOffset = offset;
        nameLength = length;
        data = null;
        dataLength = PayloadStore.NULL_LENGTH;
        aclId = AclTable.NONE;
        ephemeralOwner = EphemeralOwner.NONE;

        return this;
    }

    /**
     * Sets the payload.
     *
     * @param buffer holds it.
     * @param offset of it.
     * @param length in bytes, -1 for null.
     * @return this.
     */
    public NewZnode data(final DirectBuffer buffer, final int offset, final int length)
    {
        data = buffer;
        dataOffset = offset;
        dataLength = length;

        return this;
    }

    /**
     * Sets the ACL.
     *
     * @param id in the tree's table; the tree takes a reference of its own.
     * @return this.
     */
    public NewZnode acl(final int id)
    {
        aclId = id;

        return this;
    }

    /**
     * Sets the owner.
     *
     * @param owner as stored: see {@link EphemeralOwner}.
     * @return this.
     */
    public NewZnode ephemeralOwner(final long owner)
    {
        ephemeralOwner = owner;

        return this;
    }

    DirectBuffer name()
    {
        return name;
    }

    int nameOffset()
    {
        return nameOffset;
    }

    int nameLength()
    {
        return nameLength;
    }

    DirectBuffer data()
    {
        return data;
    }

    int dataOffset()
    {
        return dataOffset;
    }

    int dataLength()
    {
        return dataLength;
    }

    int aclId()
    {
        return aclId;
    }

    long ephemeralOwner()
    {
        return ephemeralOwner;
    }
}
