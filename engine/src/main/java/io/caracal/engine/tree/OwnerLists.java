/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.Slab;

/**
 * Heads of the lists of owned znodes: one for each session that owns any, one for containers, one for TTL znodes.
 *
 * <pre>
 *    0  session, 0 for containers and TTL znodes
 *    8  first    12  last    16  count    20  next in the chain of its hash    24  flags
 * </pre>
 */
final class OwnerLists implements Chains
{
    static final int RECORD_LENGTH = 32;

    private static final int SESSION = 0;
    private static final int FIRST = 8;
    private static final int LAST = 12;
    private static final int COUNT = 16;
    private static final int CHAIN_NEXT = 20;
    private static final int FLAGS = 24;

    private static final int LIVE = 1;
    private static final int UNSORTED = 2;
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final Slab slab;

    OwnerLists(final Slab slab)
    {
        this.slab = slab;
    }

    /** Session ids are assigned by servers, not chosen by clients, so their hash needs no seed. */
    static int hashOf(final long session)
    {
        return (int)((session * MULTIPLIER) >>> 32);
    }

    int allocate(final long session)
    {
        final int list = slab.allocate();
        slab.buffer(list).putLong(slab.offset(list) + SESSION, session);
        putInt(list, FIRST, Slab.NONE);
        putInt(list, LAST, Slab.NONE);
        putInt(list, COUNT, 0);
        putInt(list, CHAIN_NEXT, Slab.NONE);
        putInt(list, FLAGS, LIVE);

        return list;
    }

    void free(final int list)
    {
        putInt(list, FLAGS, 0);
        slab.free(list);
    }

    /** The first list of a session after a slot; 0 when there is none. */
    int nextOfSession(final int cursor)
    {
        final int limit = slab.slotLimit();
        int list = slab.skipEmptyChunks(cursor + 1);
        while (list < limit && ((getInt(list, FLAGS) & LIVE) == 0 || session(list) == EphemeralOwner.NONE))
        {
            list = slab.skipEmptyChunks(list + 1);
        }

        return list < limit ? list : Slab.NONE;
    }

    private int getInt(final int list, final int field)
    {
        return slab.buffer(list).getInt(slab.offset(list) + field);
    }

    private void putInt(final int list, final int field, final int value)
    {
        slab.buffer(list).putInt(slab.offset(list) + field, value);
    }

    long session(final int list)
    {
        return slab.buffer(list).getLong(slab.offset(list) + SESSION);
    }

    int first(final int list)
    {
        return getInt(list, FIRST);
    }

    void first(final int list, final int ownership)
    {
        putInt(list, FIRST, ownership);
    }

    int last(final int list)
    {
        return getInt(list, LAST);
    }

    void last(final int list, final int ownership)
    {
        putInt(list, LAST, ownership);
    }

    int count(final int list)
    {
        return getInt(list, COUNT);
    }

    void count(final int list, final int count)
    {
        putInt(list, COUNT, count);
    }

    boolean isUnsorted(final int list)
    {
        return (getInt(list, FLAGS) & UNSORTED) != 0;
    }

    void isUnsorted(final int list, final boolean unsorted)
    {
        putInt(list, FLAGS, unsorted ? LIVE | UNSORTED : LIVE);
    }

    @Override
    public int hash(final int list)
    {
        return hashOf(session(list));
    }

    @Override
    public int chainNext(final int list)
    {
        return getInt(list, CHAIN_NEXT);
    }

    @Override
    public void chainNext(final int list, final int next)
    {
        putInt(list, CHAIN_NEXT, next);
    }

    void clear()
    {
        slab.clear();
    }
}
