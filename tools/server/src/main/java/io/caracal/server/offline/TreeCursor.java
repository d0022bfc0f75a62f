/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.engine.tree.ReadableTree;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Walks a tree, or a part of it, depth first, parents before their children, and keeps the path. */
public final class TreeCursor
{
    private static final byte SLASH = '/';

    private final ReadableTree tree;
    private final ExpandableArrayBuffer path = new ExpandableArrayBuffer();
    private long top = ReadableTree.NONE;
    private long node = ReadableTree.NONE;
    private int pathLength;
    private int depth;

    /**
     * A cursor.
     *
     * @param tree is walked, and does not change meanwhile.
     */
    public TreeCursor(final ReadableTree tree)
    {
        this.tree = tree;
    }

    /**
     * Begins at a znode.
     *
     * @param newTop the first one; it and all that is below it follow.
     */
    public void begin(final long newTop)
    {
        top = newTop;
        node = ReadableTree.NONE;
        depth = 0;
        pathLength = newTop == tree.root() ? 0 : tree.copyPath(newTop, path, 0);
    }

    /**
     * Goes on.
     *
     * @return false when there is no further znode.
     */
    public boolean next()
    {
        if (node == ReadableTree.NONE)
        {
            node = top;
            top = ReadableTree.NONE;

            return node != ReadableTree.NONE;
        }

        final long child = tree.firstChild(node);
        if (child != ReadableTree.NONE)
        {
            depth++;
            enter(child);

            return true;
        }

        return nextBeside();
    }

    /**
     * Goes on without what is below the present znode.
     *
     * @return false when there is no further znode.
     */
    public boolean nextBeside()
    {
        while (depth > 0)
        {
            pathLength -= tree.nameLength(node) + 1;
            final long sibling = tree.nextSibling(node);
            if (sibling != ReadableTree.NONE)
            {
                enter(sibling);

                return true;
            }
            node = tree.parent(node);
            depth--;
        }
        node = ReadableTree.NONE;

        return false;
    }

    private void enter(final long next)
    {
        node = next;
        path.putByte(pathLength, SLASH);
        pathLength += 1 + tree.copyName(next, path, pathLength + 1);
    }

    /**
     * The present znode.
     *
     * @return a znode.
     */
    public long node()
    {
        return node;
    }

    /**
     * How far below the first znode it is.
     *
     * @return 0 for the first.
     */
    public int depth()
    {
        return depth;
    }

    /**
     * Its path, from 0 on; empty for the root.
     *
     * @return valid until the next step.
     */
    public DirectBuffer path()
    {
        return path;
    }

    /**
     * Length of the path.
     *
     * @return bytes.
     */
    public int pathLength()
    {
        return pathLength;
    }

    /**
     * The path for people.
     *
     * @return "/" for the root.
     */
    public String text()
    {
        return pathLength == 0 ? "/" : path.getStringWithoutLengthUtf8(0, pathLength);
    }
}
