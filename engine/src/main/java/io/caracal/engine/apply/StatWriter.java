/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.protocol.StatEncoder;
import io.caracal.engine.tree.DataTree;

/** Writes the Stat of a znode as clients see it. */
public final class StatWriter
{
    private StatWriter()
    {
    }

    /**
     * Fills in a Stat. Clients see in cversion every creation and removal of a child, and as ephemeral owner
     * sessions only.
     *
     * @param stat to be filled.
     * @param tree applied tree.
     * @param node existing znode.
     */
    public static void write(final StatEncoder stat, final DataTree tree, final long node)
    {
        final long owner = tree.ephemeralOwner(node);
        final int childCount = tree.childCount(node);
        stat.czxid(tree.czxid(node)).mzxid(tree.mzxid(node)).ctimeMs(tree.ctimeMs(node)).mtimeMs(tree.mtimeMs(node))
            .version(tree.version(node)).cversion(tree.cversion(node) * 2 - childCount)
            .aversion(tree.aversion(node)).ephemeralOwner(tree.ownerKinds().shown(owner))
            .dataLength(Math.max(0, tree.dataLength(node))).numChildren(childCount).pzxid(tree.pzxid(node));
    }
}
