/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.engine.tree.NodeStats;
import io.caracal.engine.tree.ReadableTree;
import io.caracal.server.offline.TreeCursor;

/** The latest time of any znode. A snapshot tells no other time; this one is not later than its last transaction. */
final class NewestTime
{
    private NewestTime()
    {
    }

    /**
     * Looks at every znode.
     *
     * @param tree that a snapshot held.
     * @return milliseconds since 1970, by the clocks of the leaders.
     */
    static long ofMs(final ReadableTree tree)
    {
        final NodeStats stats = tree.stats();
        final TreeCursor cursor = new TreeCursor(tree);
        cursor.begin(tree.root());
        long newest = 0;
        while (cursor.next())
        {
            newest = Math.max(newest, stats.mtimeMs(cursor.node()));
            newest = Math.max(newest, stats.ctimeMs(cursor.node()));
        }

        return newest;
    }
}
