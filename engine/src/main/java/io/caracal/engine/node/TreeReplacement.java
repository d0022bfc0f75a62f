/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.snapshot.SnapshotLoader;
import io.caracal.engine.zab.sync.TreeTarget;

/** Puts the state of a received snapshot in place of the tree: no client may see the one turn into the other. */
final class TreeReplacement implements TreeTarget
{
    private final Node node;

    TreeReplacement(final Node node)
    {
        this.node = node;
    }

    @Override
    public void onReplacing()
    {
        node.desk().closeAll();
        node.snapshots().suspend();
    }

    @Override
    public void onReplaced()
    {
        node.snapshots().loader().restart();
    }

    @Override
    public int load()
    {
        final SnapshotLoader loader = node.snapshots().loader();
        final int count = node.context().ports().snapshots().load(loader);
        if (loader.isLoaded())
        {
            node.onSnapshotLoaded(loader.zxid());
            node.snapshots().resume();
        }

        return count;
    }

    @Override
    public boolean isLoaded()
    {
        return node.snapshots().loader().isLoaded();
    }
}
