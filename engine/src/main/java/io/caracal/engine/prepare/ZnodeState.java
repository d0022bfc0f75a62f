/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.tree.NodeStats;
import io.caracal.engine.tree.ReadableTree;

/**
 * What the preparers need to know about a znode: the state that it will have once everything proposed so far is applied
 * and, after a look-up, where it was found.
 */
final class ZnodeState
{
    boolean exists;
    int version;
    int cversion;
    int aversion;
    int childCount;
    int dataLength;
    int aclId;
    long ephemeralOwner;
    /** Where the znode is in the applied tree, if it was found there. */
    long node;
    /** Hash of the path that was looked up. */
    int pathHash;
    /** Record of the path that was looked up, null if there is none. Valid until the next change. */
    Change record;

    void missing()
    {
        node = ReadableTree.NONE;
        exists = false;
        version = 0;
        cversion = 0;
        aversion = 0;
        childCount = 0;
        dataLength = 0;
        aclId = 0;
        ephemeralOwner = 0;
    }

    void copyFrom(final ReadableTree tree, final long found)
    {
        node = found;
        exists = true;
        final NodeStats stats = tree.stats();
        version = stats.version(found);
        cversion = stats.cversion(found);
        aversion = stats.aversion(found);
        childCount = tree.childCount(found);
        dataLength = tree.dataLength(found);
        aclId = tree.aclId(found);
        ephemeralOwner = tree.ephemeralOwner(found);
    }

    void copyFrom(final ZnodeState other)
    {
        node = other.node;
        exists = other.exists;
        version = other.version;
        cversion = other.cversion;
        aversion = other.aversion;
        childCount = other.childCount;
        dataLength = other.dataLength;
        aclId = other.aclId;
        ephemeralOwner = other.ephemeralOwner;
    }
}
