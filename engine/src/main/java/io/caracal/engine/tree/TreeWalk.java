/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.Invariant;

/**
 * A walk over all znodes while transactions go on. Each record holds the number of the last walk that wrote it, so a
 * change can tell whether the running walk still needs the znode as it is. Owned by the tree; not thread-safe.
 */
public final class TreeWalk
{
    private final NodeStore nodes;
    private int number;
    private BeforeImageHandler handler;

    TreeWalk(final NodeStore nodes)
    {
        this.nodes = nodes;
    }

    /**
     * Begins a walk. Until {@link #end}, a znode that existed at this moment and that the walk has not written is shown
     * to the handler before it changes or goes.
     *
     * @param beforeImages sees before-images.
     * @return number of the walk, greater than zero.
     */
    public int begin(final BeforeImageHandler beforeImages)
    {
        Invariant.check(handler == null, "a walk begins while another runs");
        handler = beforeImages;
        number = number == Integer.MAX_VALUE ? 1 : number + 1;

        return number;
    }

    /** Ends the walk, finished or not. May be called from inside the handler. Has no effect when no walk runs. */
    public void end()
    {
        handler = null;
    }

    boolean isUnderWay()
    {
        return handler != null;
    }

    /**
     * Finds the next znode that the running walk has not written.
     *
     * @param cursor   where to begin: 1 at first, then one more than the znode returned last, or where the last call
     *                 stopped.
     * @param examined most places to look at, 1 or more.
     * @return a znode not written yet; or, as a negative number, the place to go on from; or {@link DataTree#NONE} at
     *         the end.
     */
    public long nextUnwritten(final long cursor, final int examined)
    {
        final int limit = nodes.slab().slotLimit();
        int place = nodes.slab().skipEmptyChunks((int)Math.min(cursor, limit));
        for (int i = 0; i < examined && place < limit; i++)
        {
            if (nodes.is(place, NodeStore.LIVE) && nodes.walk(place) != number)
            {
                return place;
            }
            place = nodes.slab().skipEmptyChunks(place + 1);
        }

        return place < limit ? -place : DataTree.NONE;
    }

    /**
     * The running walk wrote a znode.
     *
     * @param node the znode.
     */
    public void written(final long node)
    {
        nodes.walk((int)node, number);
    }

    /** Marks a znode that was just created: the running walk does not have to write it. */
    void born(final int node)
    {
        nodes.walk(node, number);
    }

    void beforeChange(final int node)
    {
        if (handler != null && nodes.walk(node) != number)
        {
            handler.onBeforeImage(node);
            nodes.walk(node, number);
        }
    }
}
