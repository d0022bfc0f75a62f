/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.tree.DataTree;

/** What preparing needs to know of a znode: as it will be after everything proposed so far. */
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

    void missing()
    {
        exists = false;
        version = 0;
        cversion = 0;
        aversion = 0;
        childCount = 0;
        dataLength = 0;
        aclId = 0;
        ephemeralOwner = 0;
    }

    void copyFrom(final DataTree tree, final long node)
    {
        exists = true;
        version = tree.version(node);
        cversion = tree.cversion(node);
        aversion = tree.aversion(node);
        childCount = tree.childCount(node);
        dataLength = tree.dataLength(node);
        aclId = tree.aclId(node);
        ephemeralOwner = tree.ephemeralOwner(node);
    }

    void copyFrom(final ZnodeState other)
    {
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
