/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * The children of each znode in the order of creation, linked through their records. A load links them as they come. At
 * its end it sorts the lists whose children came too far out of order.
 */
final class ChildList
{
    /** Number of younger siblings that a load passes at most to link a child in its place. */
    static final int YOUNGER_MAX = 64;

    private final NodeStore nodes;
    private final FamilyStore families;

    ChildList(final NodeStore nodes, final FamilyStore families)
    {
        this.nodes = nodes;
        this.families = families;
    }

    /**
     * Links a child that may not be the youngest. If few younger siblings came before it, it is put in its place. This
     * is enough for siblings that came early because a before-image of them was written. Returns true when the list has
     * to be sorted because of this child.
     */
    boolean link(final int parent, final int child)
    {
        if (nodes.childCount(parent) == 0 || nodes.is(parent, NodeStore.UNSORTED))
        {
            append(parent, child);
            return false;
        }

        int younger = NodeStore.NONE;
        int elder = families.lastChild(parent);
        for (int i = 0; elder != NodeStore.NONE && nodes.isBefore(child, elder); i++)
        {
            if (i == YOUNGER_MAX)
            {
                nodes.mark(parent, NodeStore.UNSORTED);
                append(parent, child);
                return true;
            }

            younger = elder;
            elder = nodes.previous(elder);
        }
        if (younger == NodeStore.NONE)
        {
            append(parent, child);
        }
        else
        {
            insert(parent, child, younger);
        }

        return false;
    }

    private void insert(final int parent, final int child, final int younger)
    {
        final int elder = nodes.previous(younger);
        nodes.previous(child, elder);
        nodes.next(child, younger);
        nodes.previous(younger, child);
        if (elder == NodeStore.NONE)
        {
            nodes.firstChild(parent, child);
        }
        else
        {
            nodes.next(elder, child);
        }
        nodes.childCount(parent, nodes.childCount(parent) + 1);
    }

    /** Links the youngest child. */
    void append(final int parent, final int child)
    {
        final int count = nodes.childCount(parent);
        if (count == 0)
        {
            families.begin(parent);
            nodes.firstChild(parent, child);
        }
        else
        {
            nodes.next(families.lastChild(parent), child);
        }
        nodes.previous(child, count == 0 ? NodeStore.NONE : families.lastChild(parent));
        nodes.next(child, NodeStore.NONE);
        families.lastChild(parent, child);
        nodes.childCount(parent, count + 1);
    }

    void unlink(final int parent, final int child)
    {
        final int previous = nodes.previous(child);
        final int next = nodes.next(child);
        if (previous == NodeStore.NONE)
        {
            nodes.firstChild(parent, next);
        }
        else
        {
            nodes.next(previous, next);
        }
        if (next == NodeStore.NONE)
        {
            families.lastChild(parent, previous);
        }
        else
        {
            nodes.previous(next, previous);
        }
        nodes.childCount(parent, nodes.childCount(parent) - 1);
        if (nodes.childCount(parent) == 0)
        {
            families.end(parent);
        }
    }

    /** Puts a list in the order of creation. */
    void sort(final int parent, final CreationOrder order)
    {
        order.sort(nodes.firstChild(parent));
        nodes.firstChild(parent, order.head());
        families.lastChild(parent, order.tail());
        nodes.unmark(parent, NodeStore.UNSORTED);
    }
}
