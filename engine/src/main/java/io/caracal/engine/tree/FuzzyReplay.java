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
     * Znodes may be created from here on that are older than others. Lists of children and ephemerals are in the order
     * of arrival then, and in the order of creation again once a snapshot of this tree was loaded.
     */
    public void begin()
    {
        tree.stores.births.inAnyOrder(tree.nodes.slab().slotLimit());
    }

    /**
     * A child of a znode was created that is there, or gone, already: what that means for the parent, as far as it is
     * not older than what the parent has.
     *
     * @param parent   an existing znode.
     * @param cversion that the creation gave it.
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
     * A child of a znode was deleted that is gone already.
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
