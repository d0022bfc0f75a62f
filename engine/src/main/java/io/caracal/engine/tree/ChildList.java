/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * The children of each znode in the order of creation, linked through their records. A load links them as they come and
 * sorts those lists that came out of order at its end.
 */
final class ChildList
{
    private final NodeStore nodes;
    private final FamilyStore families;

    ChildList(final NodeStore nodes, final FamilyStore families)
    {
        this.nodes = nodes;
        this.families = families;
    }

    /** Links a child of which nobody knows whether it is the youngest; true when the list has to be sorted for it. */
    boolean link(final int parent, final int child)
    {
        final boolean isBehindYounger = nodes.childCount(parent) > 0 && !nodes.is(parent, NodeStore.UNSORTED) &&
            nodes.isBefore(child, families.lastChild(parent));
        if (isBehindYounger)
        {
            nodes.mark(parent, NodeStore.UNSORTED);
        }
        append(parent, child);

        return isBehindYounger;
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
