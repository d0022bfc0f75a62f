/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import org.agrona.collections.LongHashSet;

/**
 * The znodes whose ACLs are missing from a snapshot. ZooKeeper writes its table of ACLs before the znodes, while
 * transactions go on. An ACL that came into use meanwhile is only in the log.
 */
final class MissingAcls
{
    private final LongHashSet nodes = new LongHashSet();

    void add(final long node)
    {
        nodes.add(node);
    }

    /** Removes a znode that has got an ACL or was deleted. */
    void found(final long node)
    {
        nodes.remove(node);
    }

    boolean isEmpty()
    {
        return nodes.isEmpty();
    }

    /** Returns one of the znodes. */
    long first()
    {
        return nodes.iterator().nextValue();
    }

    int size()
    {
        return nodes.size();
    }
}
