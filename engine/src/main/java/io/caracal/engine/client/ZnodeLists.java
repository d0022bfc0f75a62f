/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.tree.ReadableTree;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Measures and writes the large parts of replies: data, children and ephemerals of znodes. */
final class ZnodeLists
{
    private final ReadableTree tree;
    private final TurnShare share;
    private final ExpandableArrayBuffer path = new ExpandableArrayBuffer();
    private final PathPrefix prefix;
    private int selectedCount;
    private long selectedBytes;

    /** Lists znodes of a tree, and counts in the share how many it has visited. */
    ZnodeLists(final ReadableTree tree, final TurnShare share)
    {
        this.tree = tree;
        this.share = share;
        prefix = new PathPrefix(tree);
    }

    void writeData(final JuteWriter body, final long node, final int length)
    {
        body.writeInt(length);
        if (length > 0)
        {
            tree.copyData(node, body.buffer(), body.reserve(length));
        }
    }

    /**
     * Adds up the bytes of the names of a znode's children. There can be millions of them, so this stops as soon as the
     * listing is too long. A name has at least one byte, so a listing with far too many names is recognized beforehand.
     *
     * @param listingMax longest listing, the length of each name included.
     * @return the bytes; if the listing is too long, only as many as show that it is.
     */
    long childNameBytes(final long node, final long listingMax)
    {
        final int count = tree.childCount(node);
        final long namesMax = listingMax - (long)Integer.BYTES * count;
        if (count > namesMax)
        {
            return count;
        }

        int visited = 0;
        long bytes = 0;
        long child = tree.firstChild(node);
        while (child != ReadableTree.NONE && bytes <= namesMax)
        {
            visited++;
            bytes += tree.nameLength(child);
            child = tree.nextSibling(child);
        }
        share.onZnodes(visited);

        return bytes;
    }

    /** Returns the bytes of the names. */
    long writeChildren(final JuteWriter body, final long node)
    {
        long bytes = 0;
        body.writeInt(tree.childCount(node));
        for (long child = tree.firstChild(node); child != ReadableTree.NONE; child = tree.nextSibling(child))
        {
            final int length = tree.nameLength(child);
            body.writeInt(length);
            tree.copyName(child, body.buffer(), body.reserve(length));
            bytes += length;
        }

        return bytes;
    }

    /**
     * Selects the ephemerals of a session whose path begins with a prefix; null, blank and "/" select all. Stops as
     * soon as the listing is too long.
     *
     * @param listingMax longest listing, the length of each path included.
     */
    void selectEphemerals(final long sessionId, final DirectBuffer buffer, final int offset, final int length,
        final long listingMax)
    {
        prefix.set(buffer, offset, length);
        selectedCount = 0;
        selectedBytes = 0;
        int visited = 0;
        long node = tree.owned().firstOfSession(sessionId);
        while (node != ReadableTree.NONE && selectedBytes + (long)Integer.BYTES * selectedCount <= listingMax)
        {
            visited++;
            if (prefix.matches(node))
            {
                selectedCount++;
                selectedBytes += tree.pathLength(node);
            }
            node = tree.owned().next(node);
        }
        share.onZnodes(visited);
    }

    int selectedCount()
    {
        return selectedCount;
    }

    long selectedBytes()
    {
        return selectedBytes;
    }

    void writeSelectedEphemerals(final JuteWriter body, final long sessionId)
    {
        body.writeInt(selectedCount);
        long node = tree.owned().firstOfSession(sessionId);
        while (node != ReadableTree.NONE)
        {
            if (prefix.matches(node))
            {
                body.writeRange(path, 0, tree.copyPath(node, path, 0));
            }
            node = tree.owned().next(node);
        }
    }
}
