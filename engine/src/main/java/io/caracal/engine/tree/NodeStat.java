/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * The stat of a znode as clients see it: a view that is wrapped around one znode after another. It differs from
 * what is stored in three fields: cversion counts deletes as well, a null payload has length 0, and only sessions
 * show as owners.
 */
public final class NodeStat
{
    private DataTree tree;
    private long node;

    /**
     * Looks at a znode.
     *
     * @param newTree that holds it.
     * @param newNode the znode.
     * @return this.
     */
    public NodeStat wrap(final DataTree newTree, final long newNode)
    {
        tree = newTree;
        node = newNode;

        return this;
    }

    /**
     * Transaction that created it.
     *
     * @return zxid.
     */
    public long czxid()
    {
        return tree.czxid(node);
    }

    /**
     * Transaction that last set its payload.
     *
     * @return zxid.
     */
    public long mzxid()
    {
        return tree.mzxid(node);
    }

    /**
     * Transaction that last created or deleted a child of it.
     *
     * @return zxid.
     */
    public long pzxid()
    {
        return tree.pzxid(node);
    }

    /**
     * When it was created.
     *
     * @return wall clock, milliseconds.
     */
    public long ctimeMs()
    {
        return tree.ctimeMs(node);
    }

    /**
     * When its payload was last set.
     *
     * @return wall clock, milliseconds.
     */
    public long mtimeMs()
    {
        return tree.mtimeMs(node);
    }

    /**
     * How often its payload was set.
     *
     * @return version, which may wrap.
     */
    public int version()
    {
        return tree.version(node);
    }

    /**
     * How many children were created and deleted.
     *
     * @return creates plus deletes; what is stored counts creates only.
     */
    public int cversion()
    {
        return 2 * tree.cversion(node) - tree.childCount(node);
    }

    /**
     * How often its ACL was set.
     *
     * @return version, which may wrap.
     */
    public int aversion()
    {
        return tree.aversion(node);
    }

    /**
     * Session that owns it.
     *
     * @return session id; 0 also for containers and TTL znodes.
     */
    public long ephemeralOwner()
    {
        return tree.ownerKinds().shown(tree.ephemeralOwner(node));
    }

    /**
     * Length of its payload.
     *
     * @return bytes; 0 for null.
     */
    public int dataLength()
    {
        return Math.max(0, tree.dataLength(node));
    }

    /**
     * How many children it has.
     *
     * @return zero or more.
     */
    public int childCount()
    {
        return tree.childCount(node);
    }
}
