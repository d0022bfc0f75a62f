/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import io.caracal.engine.tree.BeforeImageHandler;
import io.caracal.engine.tree.DataTree;

/** The tree as a source of snapshots. An ACL is written before the first znode that has it. */
final class TreeSource implements SnapshotSource, BeforeImageHandler
{
    /** Most places in a row that a slice looks at without finding a znode to write. */
    private static final int EXAMINED_MAX = 1024;

    private final DataTree tree;
    private final SnapshotRecords records = new SnapshotRecords();
    private SnapshotOutput output;
    private int walk;
    private long cursor;
    private long written;

    TreeSource(final DataTree tree)
    {
        this.tree = tree;
    }

    /** Begins a walk and returns its number. */
    int begin()
    {
        walk = tree.walk().begin(this);
        cursor = 1;
        written = 0;

        return walk;
    }

    long written()
    {
        return written;
    }

    @Override
    public boolean onWalkBegin(final SnapshotOutput newOutput, final int newWalk)
    {
        output = newOutput;

        return true;
    }

    @Override
    public boolean walk(final SnapshotOutput slice)
    {
        while (slice.hasRoom())
        {
            final long node = tree.walk().nextUnwritten(cursor, EXAMINED_MAX);
            if (node == DataTree.NONE)
            {
                return true;
            }
            if (node < 0)
            {
                cursor = -node;

                return false;
            }
            if (!write(node))
            {
                return false;
            }
            cursor = node + 1;
        }

        return false;
    }

    private boolean write(final long node)
    {
        final int aclId = tree.aclId(node);
        if (tree.acls().walk(aclId) != walk)
        {
            if (!output.write(records.acl(output, aclId, tree.acls().view(aclId))))
            {
                return false;
            }
            tree.acls().walk(aclId, walk);
        }
        if (!output.write(records.znode(output, tree, node)))
        {
            return false;
        }

        tree.walk().written(node);
        written++;

        return true;
    }

    @Override
    public void onBeforeImage(final long node)
    {
        final int aclId = tree.aclId(node);
        if (tree.acls().walk(aclId) != walk)
        {
            if (!output.writeBeforeImage(records.acl(output, aclId, tree.acls().view(aclId))))
            {
                return;
            }
            tree.acls().walk(aclId, walk);
        }
        if (output.writeBeforeImage(records.znode(output, tree, node)))
        {
            written++;
        }
    }

    @Override
    public void onWalkEnd()
    {
        tree.walk().end();
    }
}
