/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import org.agrona.collections.LongHashSet;

/**
 * Znodes whose ACL a snapshot does not hold. ZooKeeper writes its table of ACLs before the znodes, while transactions
 * go on; a list that came into use meanwhile is in the log only.
 */
final class MissingAcls
{
    private final LongHashSet nodes = new LongHashSet();

    void add(final long node)
    {
        nodes.add(node);
    }

    /** The znode has got a list, or is deleted. */
    void found(final long node)
    {
        nodes.remove(node);
    }

    boolean isEmpty()
    {
        return nodes.isEmpty();
    }

    /** One of these znodes. */
    long first()
    {
        return nodes.iterator().nextValue();
    }

    int size()
    {
        return nodes.size();
    }
}
