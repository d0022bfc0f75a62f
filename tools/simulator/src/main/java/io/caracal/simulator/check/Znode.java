/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * State of a znode at a zxid.
 *
 * @param czxid      of the transaction that created it.
 * @param mzxid      of the transaction that last set its data.
 * @param pzxid      of the last transaction that changed its children.
 * @param ctimeMs    when it was created.
 * @param mtimeMs    when its data were last set.
 * @param version    of its data.
 * @param creates    number of children ever created below it: the persisted cversion.
 * @param aversion   of its ACL.
 * @param owner      as {@link Owner} reads it.
 * @param childCount number of children.
 * @param data       null for none.
 * @param acl        who may do what.
 */
public record Znode(long czxid, long mzxid, long pzxid, long ctimeMs, long mtimeMs, int version, int creates,
    int aversion, long owner, int childCount, String data, Acl acl)
{
    static Znode born(final long zxid, final long timeMs, final long owner, final String data, final Acl acl)
    {
        return new Znode(zxid, zxid, zxid, timeMs, timeMs, 0, 0, 0, owner, 0, data, acl);
    }

    Znode withData(final long zxid, final long timeMs, final int newVersion, final String newData)
    {
        return new Znode(czxid, zxid, pzxid, ctimeMs, timeMs, newVersion, creates, aversion, owner, childCount,
            newData, acl);
    }

    Znode withAcl(final int newAversion, final Acl newAcl)
    {
        return new Znode(czxid, mzxid, pzxid, ctimeMs, mtimeMs, version, creates, newAversion, owner, childCount, data,
            newAcl);
    }

    Znode withChild(final long zxid, final int newCreates)
    {
        return new Znode(czxid, mzxid, zxid, ctimeMs, mtimeMs, version, newCreates, aversion, owner, childCount + 1,
            data, acl);
    }

    Znode withoutChild(final long zxid)
    {
        return new Znode(czxid, mzxid, zxid, ctimeMs, mtimeMs, version, creates, aversion, owner, childCount - 1, data,
            acl);
    }

    /** Whether the znode ends with a session; such a znode cannot have children. */
    boolean isEphemeral()
    {
        return Owner.isSession(owner);
    }

    /**
     * Returns the Stat as shown to a client.
     *
     * @return the Stat.
     */
    public Stat stat()
    {
        return new Stat(czxid, mzxid, ctimeMs, mtimeMs, version, 2 * creates - childCount, aversion,
            isEphemeral() ? owner : Owner.NOBODY, data == null ? 0 : data.length(), childCount, pzxid);
    }
}
