/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * Replays history on an image that already holds parts of later transactions, as ZooKeeper's snapshots do. An import
 * needs this; a server does not, since Caracal's own snapshots are exact. Owned by the tree; not thread-safe.
 */
public final class FuzzyReplay
{
    private final DataTree tree;
    private final ParentStats parents;

    FuzzyReplay(final DataTree tree)
    {
        this.tree = tree;
        parents = tree.stores.parents;
    }

    /**
     * Allows znodes to be created from here on with earlier zxids than existing ones. The lists of children and
     * ephemerals are then in the order of arrival. They are in the order of creation again once a snapshot of this tree
     * was loaded.
     */
    public void begin()
    {
        tree.stores.births.inAnyOrder(tree.nodes.slab().slotLimit());
    }

    /**
     * History creates a child that is there already, or already gone. Applies to the parent what the creation changed
     * there, unless the parent is already further.
     *
     * @param parent   an existing znode.
     * @param cversion that the creation gave the parent.
     * @param zxid     of the creation.
     */
    public void childCreated(final long parent, final int cversion, final long zxid)
    {
        final int parentNode = tree.live(parent);
        if (parents.isNews(parentNode, cversion))
        {
            tree.walk().beforeChange(parentNode);
            parents.onCreated(parentNode, cversion, zxid);
        }
    }

    /**
     * History deletes a child that is already gone.
     *
     * @param parent an existing znode.
     * @param zxid   of the deletion.
     */
    public void childDeleted(final long parent, final long zxid)
    {
        final int parentNode = tree.live(parent);
        tree.walk().beforeChange(parentNode);
        parents.onDeleted(parentNode, zxid);
    }
}
