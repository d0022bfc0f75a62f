/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.Slab;

/**
 * The owners of the znodes that have one. Kept outside the records of znodes, because most znodes have no owner.
 *
 * <pre>
 *    0  owner, as stored
 *    8  znode     12  previous of the same list    16  next    20  list
 * </pre>
 */
final class OwnershipStore implements LinkedRecords
{
    static final int RECORD_LENGTH = 24;

    private static final int OWNER = 0;
    private static final int NODE = 8;
    private static final int PREVIOUS = 12;
    private static final int NEXT = 16;
    private static final int LIST = 20;

    private final Slab slab;
    private final NodeStore nodes;

    OwnershipStore(final Slab slab, final NodeStore nodes)
    {
        this.slab = slab;
        this.nodes = nodes;
    }

    int allocate(final long owner, final int node, final int list)
    {
        final int slot = slab.allocate();
        slab.buffer(slot).putLong(slab.offset(slot) + OWNER, owner);
        putInt(slot, NODE, node);
        putInt(slot, PREVIOUS, Slab.NONE);
        putInt(slot, NEXT, Slab.NONE);
        putInt(slot, LIST, list);

        return slot;
    }

    void free(final int slot)
    {
        slab.free(slot);
    }

    private int getInt(final int slot, final int field)
    {
        return slab.buffer(slot).getInt(slab.offset(slot) + field);
    }

    private void putInt(final int slot, final int field, final int value)
    {
        slab.buffer(slot).putInt(slab.offset(slot) + field, value);
    }

    long owner(final int slot)
    {
        return slab.buffer(slot).getLong(slab.offset(slot) + OWNER);
    }

    int node(final int slot)
    {
        return getInt(slot, NODE);
    }

    int list(final int slot)
    {
        return getInt(slot, LIST);
    }

    @Override
    public int next(final int slot)
    {
        return getInt(slot, NEXT);
    }

    @Override
    public void next(final int slot, final int next)
    {
        putInt(slot, NEXT, next);
    }

    @Override
    public int previous(final int slot)
    {
        return getInt(slot, PREVIOUS);
    }

    @Override
    public void previous(final int slot, final int previous)
    {
        putInt(slot, PREVIOUS, previous);
    }

    @Override
    public long bornZxid(final int slot)
    {
        return nodes.stats().czxid(node(slot));
    }

    @Override
    public int bornOrder(final int slot)
    {
        return nodes.order(node(slot));
    }

    @Override
    public boolean isBefore(final int slot, final int other)
    {
        return nodes.isBefore(node(slot), node(other));
    }

    void clear()
    {
        slab.clear();
    }
}
