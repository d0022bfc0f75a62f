/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.server.offline.TreeCursor;

/**
 * TTL znodes as ZooKeeper 3.5.3 marked them. A server that does not read the old marks takes such znodes for ephemeral
 * znodes of ended sessions, which ZooKeeper removes when it starts.
 */
public final class OldTtlMarks
{
    /** The settings with which both ZooKeeper and this server read the old marks. */
    public static final String KEYS = "extendedTypesEnabled=true and emulate353TTLNodes=true";

    private final Replica replica;

    /**
     * Looks for old marks in a replica.
     *
     * @param replica a replica that does not read the old marks.
     */
    public OldTtlMarks(final Replica replica)
    {
        this.replica = replica;
    }

    /** Whether an owner is such a mark, rather than the id of an existing session that looks like one. */
    boolean isMark(final long owner)
    {
        return EphemeralOwner.resemblesOldTtl(owner) && replica.sessions().find(owner) == null;
    }

    /**
     * Describes such znodes for people.
     *
     * @return their number with one of their paths; null when there are none.
     */
    public String remark()
    {
        final DataTree tree = replica.tree();
        long count = 0;
        long one = DataTree.NONE;
        for (long cursor = tree.owned().nextOwner(0); cursor != 0; cursor = tree.owned().nextOwner(cursor))
        {
            final long owner = tree.owned().ownerAt(cursor);
            if (isMark(owner))
            {
                count += tree.owned().ephemeralCount(owner);
                one = tree.owned().firstOfSession(owner);
            }
        }

        return count == 0 ? null : count + " of the ephemerals have a TTL as ZooKeeper 3.5.3 marked it, " + text(one) +
            " for one";
    }

    private String text(final long node)
    {
        final TreeCursor cursor = new TreeCursor(replica.tree());
        cursor.begin(node);
        cursor.next();

        return cursor.text();
    }
}
