/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.apply.TxnEvents;
import java.util.ArrayList;
import org.agrona.DirectBuffer;

/**
 * Passes changes of the tree on to the watches. Tells walks that are under way of deletions and of the replacement of
 * the whole tree. Also tells the server of that replacement.
 */
final class ZnodeCursors implements TxnEvents
{
    private final TxnEvents watches;
    private final Runnable replacing;
    private final ArrayList<ZnodeCursor> cursors = new ArrayList<>();

    ZnodeCursors(final TxnEvents watches, final Runnable replacing)
    {
        this.replacing = replacing;
        this.watches = watches;
    }

    void add(final ZnodeCursor cursor)
    {
        cursors.add(cursor);
    }

    void remove(final ZnodeCursor cursor)
    {
        cursors.remove(cursor);
    }

    @Override
    public void onCreated(final long zxid, final DirectBuffer path, final int offset, final int length, final long node)
    {
        watches.onCreated(zxid, path, offset, length, node);
    }

    @Override
    public void onDeleting(final long zxid, final DirectBuffer path, final int offset, final int length,
        final long node)
    {
        watches.onDeleting(zxid, path, offset, length, node);
        for (int i = 0; i < cursors.size(); i++)
        {
            cursors.get(i).onDeleting(node);
        }
    }

    @Override
    public void onEphemeralEnded(final long sessionId, final DirectBuffer path, final int length)
    {
        watches.onEphemeralEnded(sessionId, path, length);
    }

    @Override
    public void onReplacing(final long zxid)
    {
        leaveTree();
        replacing.run();
    }

    /** Ends all walks, because the znodes that they stand on are about to go. */
    void leaveTree()
    {
        for (int i = 0; i < cursors.size(); i++)
        {
            cursors.get(i).onReplacing();
        }
    }

    @Override
    public void onDataChanged(final long zxid, final DirectBuffer path, final int offset, final int length,
        final long node)
    {
        watches.onDataChanged(zxid, path, offset, length, node);
    }
}
