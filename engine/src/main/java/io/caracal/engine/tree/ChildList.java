/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * The children of each znode in the order of creation, linked through their records. After a load a list may be
 * out of order; it is sorted when it is first asked for.
 */
final class ChildList
{
    private final NodeStore nodes;
    private final CreationOrder order;

    ChildList(final NodeStore nodes)
    {
        this.nodes = nodes;
        order = new CreationOrder(nodes);
    }

    /** Links a child of which nobody knows whether it is the youngest. */
    void link(final int parent, final int child)
    {
        final int last = nodes.lastChild(parent);
        if (last != NodeStore.NONE && nodes.isBefore(child, last))
        {
            nodes.mark(parent, NodeStore.UNSORTED);
        }
        append(parent, child);
    }

    /** Links the youngest child. */
    void append(final int parent, final int child)
    {
        final int last = nodes.lastChild(parent);
        nodes.previous(child, last);
        nodes.next(child, NodeStore.NONE);
        if (last == NodeStore.NONE)
        {
            nodes.firstChild(parent, child);
        }
        else
        {
            nodes.next(last, child);
        }
        nodes.lastChild(parent, child);
        nodes.childCount(parent, nodes.childCount(parent) + 1);
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
            nodes.lastChild(parent, previous);
        }
        else
        {
            nodes.previous(next, previous);
        }
        nodes.childCount(parent, nodes.childCount(parent) - 1);
    }

    int first(final int parent)
    {
        if (nodes.is(parent, NodeStore.UNSORTED))
        {
            order.sort(nodes.firstChild(parent));
            nodes.firstChild(parent, order.head());
            nodes.lastChild(parent, order.tail());
            nodes.unmark(parent, NodeStore.UNSORTED);
        }

        return nodes.firstChild(parent);
    }
}
