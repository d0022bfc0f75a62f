/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.snapshot.SnapshotLoader;
import io.caracal.engine.zab.sync.TreeTarget;

/**
 * Replaces this server's state by that of a snapshot that the leader has sent. Clients are disconnected first, so that
 * none sees one tree turn into the other. Also, the snapshot does not tell which of their requests it contains, nor
 * which events their watches have missed.
 */
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
        node.desk().disconnectAll();
        node.snapshots().suspend();
    }

    @Override
    public void onReplaced()
    {
        node.znodeCursors().leaveTree();
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
