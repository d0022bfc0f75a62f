/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.memory.Slab;

/**
 * Znodes that can go without a client naming them: the ephemerals of each session, the containers, and the TTL znodes,
 * each kind in the order of creation. Linking and unlinking a znode costs the same however long its list is. Everybody
 * may read; only the tree links and unlinks. Not thread-safe; owned by the engine's thread.
 */
public final class OwnedZnodes
{
    private static final int NONE = Slab.NONE;

    private final NodeStore nodes;
    private final EphemeralOwner kinds;
    private final OwnershipStore ownerships;
    private final OwnerLists lists;
    private final HashBuckets buckets;
    private int containers;
    private int ttls;
    private long ephemeralCount;

    OwnedZnodes(final MemoryLedger ledger, final NodeStore nodes, final EphemeralOwner kinds)
    {
        this.nodes = nodes;
        this.kinds = kinds;
        ownerships = new OwnershipStore(new Slab(ledger, MemoryTag.EPHEMERALS, OwnershipStore.RECORD_LENGTH), nodes);
        lists = new OwnerLists(new Slab(ledger, MemoryTag.EPHEMERALS, OwnerLists.RECORD_LENGTH));
        buckets = new HashBuckets(ledger, MemoryTag.EPHEMERALS, lists);
    }

    /** Owner field of a znode as stored. */
    long owner(final int node)
    {
        final int ownership = nodes.ownership(node);

        return ownership == NONE ? EphemeralOwner.NONE : ownerships.owner(ownership);
    }

    /** Links a znode with an owner other than none. */
    void add(final int node, final long owner)
    {
        final int list = listFor(owner);
        final int ownership = ownerships.allocate(owner, node, list);
        nodes.ownership(node, ownership);

        final int last = lists.last(list);
        if (last == NONE)
        {
            lists.first(list, ownership);
        }
        else
        {
            if (ownerships.isBefore(ownership, last))
            {
                lists.isUnsorted(list, true);
            }
            ownerships.next(last, ownership);
            ownerships.previous(ownership, last);
        }
        lists.last(list, ownership);
        lists.count(list, lists.count(list) + 1);
        ephemeralCount += kinds.isSession(owner) ? 1 : 0;
    }

    /** Unlinks a znode that has an owner. */
    void remove(final int node)
    {
        final int ownership = nodes.ownership(node);
        final int list = ownerships.list(ownership);
        final int previous = ownerships.previous(ownership);
        final int next = ownerships.next(ownership);
        if (previous == NONE)
        {
            lists.first(list, next);
        }
        else
        {
            ownerships.next(previous, next);
        }
        if (next == NONE)
        {
            lists.last(list, previous);
        }
        else
        {
            ownerships.previous(next, previous);
        }
        lists.count(list, lists.count(list) - 1);
        ephemeralCount -= kinds.isSession(ownerships.owner(ownership)) ? 1 : 0;
        ownerships.free(ownership);
        if (lists.count(list) == 0)
        {
            removeList(list);
        }
    }

    private int listFor(final long owner)
    {
        return switch (kinds.kind(owner))
        {
            case CONTAINER -> containers = containers == NONE ? lists.allocate(EphemeralOwner.NONE) : containers;
            case TTL -> ttls = ttls == NONE ? lists.allocate(EphemeralOwner.NONE) : ttls;
            default -> sessionListFor(owner);
        };
    }

    private int sessionListFor(final long session)
    {
        final int found = sessionList(session);
        if (found != NONE)
        {
            return found;
        }

        final int list = lists.allocate(session);
        buckets.insert(list);

        return list;
    }

    private int sessionList(final long session)
    {
        final int hash = OwnerLists.hashOf(session);
        int list = buckets.head(hash);
        while (list != NONE && lists.session(list) != session)
        {
            list = lists.chainNext(list);
        }

        return list;
    }

    private void removeList(final int list)
    {
        if (list == containers)
        {
            containers = NONE;
        }
        else if (list == ttls)
        {
            ttls = NONE;
        }
        else
        {
            buckets.remove(list);
        }
        lists.free(list);
    }

    /** Sorts the lists at the end of a load, which links znodes out of the order of creation. */
    void sort()
    {
        final CreationOrder order = new CreationOrder(ownerships, CreationOrder.COPIED_MAX);
        sort(containers, order);
        sort(ttls, order);
        for (int list = lists.nextOfSession(NONE); list != NONE; list = lists.nextOfSession(list))
        {
            sort(list, order);
        }
    }

    private void sort(final int list, final CreationOrder order)
    {
        if (list != NONE && lists.isUnsorted(list))
        {
            order.sort(lists.first(list));
            lists.first(list, order.head());
            lists.last(list, order.tail());
            lists.isUnsorted(list, false);
        }
    }

    private int first(final int list)
    {
        return list == NONE ? NONE : ownerships.node(lists.first(list));
    }

    /**
     * The oldest ephemeral of a session.
     *
     * @param sessionId the session.
     * @return a znode, or {@link DataTree#NONE}.
     */
    public long firstOfSession(final long sessionId)
    {
        return first(sessionList(sessionId));
    }

    /**
     * The oldest container.
     *
     * @return a znode, or {@link DataTree#NONE}.
     */
    public long firstContainer()
    {
        return first(containers);
    }

    /**
     * The oldest TTL znode.
     *
     * @return a znode, or {@link DataTree#NONE}.
     */
    public long firstTtl()
    {
        return first(ttls);
    }

    /**
     * The next znode in the order of creation: of the same session, or of the same kind.
     *
     * @param node an ephemeral, a container or a TTL znode.
     * @return a younger one, or {@link DataTree#NONE}.
     */
    public long next(final long node)
    {
        final int next = ownerships.next(nodes.ownership((int)node));

        return next == NONE ? DataTree.NONE : ownerships.node(next);
    }

    /**
     * How many znodes belong to sessions.
     *
     * @return zero or more.
     */
    public long ephemeralCount()
    {
        return ephemeralCount;
    }

    /**
     * How many ephemerals a session has.
     *
     * @param sessionId the session.
     * @return zero or more.
     */
    public int ephemeralCount(final long sessionId)
    {
        final int list = sessionList(sessionId);

        return list == NONE ? 0 : lists.count(list);
    }

    /**
     * Iterates over the sessions that own ephemerals, in no particular order. The tree may change between calls:
     * sessions that come or go meanwhile may be missed; all others are met once.
     *
     * @param cursor 0 at the beginning, then the result of the previous call.
     * @return a cursor, or 0 at the end.
     */
    public long nextOwner(final long cursor)
    {
        return lists.nextOfSession((int)cursor);
    }

    /**
     * The session at a cursor.
     *
     * @param cursor as returned by {@link #nextOwner}, before the tree changes.
     * @return session id.
     */
    public long ownerAt(final long cursor)
    {
        return lists.session((int)cursor);
    }

    void clear()
    {
        ownerships.clear();
        lists.clear();
        buckets.clear();
        containers = NONE;
        ttls = NONE;
        ephemeralCount = 0;
    }
}
