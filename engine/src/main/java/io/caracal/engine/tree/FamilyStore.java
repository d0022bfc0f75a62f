/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.memory.Slab;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a znode with children knows about the znodes below it. Kept outside the record of the znode, because most znodes
 * have no children. Each change updates the sums on the way from the changed znode to the root, so asking for them
 * never walks a subtree.
 *
 * <pre>
 *    0  last child    4  znodes below    8  bytes of payload below
 * </pre>
 */
final class FamilyStore
{
    static final int RECORD_LENGTH = 16;

    private static final int LAST_CHILD = 0;
    private static final int DESCENDANTS = 4;
    private static final int BYTES = 8;

    private final NodeStore nodes;
    private final Slab slab;

    FamilyStore(final MemoryLedger ledger, final NodeStore nodes)
    {
        this.nodes = nodes;
        slab = new Slab(ledger, MemoryTag.ZNODES, RECORD_LENGTH);
    }

    /** A znode is about to get its first child. */
    void begin(final int node)
    {
        final int family = slab.allocate();
        slab.buffer(family).setMemory(slab.offset(family), RECORD_LENGTH, (byte)0);
        nodes.family(node, family);
    }

    /** A znode lost its last child. */
    void end(final int node)
    {
        slab.free(nodes.family(node));
        nodes.family(node, NodeStore.NONE);
    }

    /** The youngest child of a znode that has children. */
    int lastChild(final int node)
    {
        final int family = nodes.family(node);

        return slab.buffer(family).getInt(slab.offset(family) + LAST_CHILD);
    }

    void lastChild(final int node, final int child)
    {
        final int family = nodes.family(node);
        slab.buffer(family).putInt(slab.offset(family) + LAST_CHILD, child);
    }

    /** Adds a change below a znode to the sums of the znode and of all its ancestors. */
    void add(final int node, final int descendants, final long bytes)
    {
        for (int ancestor = node; ancestor != NodeStore.NONE; ancestor = nodes.parent(ancestor))
        {
            final int family = nodes.family(ancestor);
            final UnsafeBuffer buffer = slab.buffer(family);
            final int offset = slab.offset(family);
            buffer.putInt(offset + DESCENDANTS, buffer.getInt(offset + DESCENDANTS) + descendants);
            buffer.putLong(offset + BYTES, buffer.getLong(offset + BYTES) + bytes);
        }
    }

    int descendants(final int node)
    {
        final int family = nodes.family(node);

        return family == NodeStore.NONE ? 0 : slab.buffer(family).getInt(slab.offset(family) + DESCENDANTS);
    }

    long bytes(final int node)
    {
        final int family = nodes.family(node);

        return family == NodeStore.NONE ? 0 : slab.buffer(family).getLong(slab.offset(family) + BYTES);
    }

    void clear()
    {
        slab.clear();
    }
}
