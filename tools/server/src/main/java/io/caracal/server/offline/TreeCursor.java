/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.engine.tree.ReadableTree;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Walks a tree, or a subtree, depth first and parents before their children. Keeps the path of the current znode. */
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
     * Creates a cursor.
     *
     * @param tree the tree to walk; it must not change meanwhile.
     */
    public TreeCursor(final ReadableTree tree)
    {
        this.tree = tree;
    }

    /**
     * Starts a walk of a subtree.
     *
     * @param newTop root of the subtree; {@link #next} visits it first.
     */
    public void begin(final long newTop)
    {
        top = newTop;
        node = ReadableTree.NONE;
        depth = 0;
        pathLength = newTop == tree.root() ? 0 : tree.copyPath(newTop, path, 0);
    }

    /**
     * Moves to the next znode.
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
     * Moves to the next znode that is not below the current one.
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
     * Returns the current znode.
     *
     * @return the znode.
     */
    public long node()
    {
        return node;
    }

    /**
     * Returns the depth of the current znode below the top of the walk.
     *
     * @return 0 for the top.
     */
    public int depth()
    {
        return depth;
    }

    /**
     * Returns the path of the current znode, starting at offset 0; empty for the root.
     *
     * @return the path, valid until the next move.
     */
    public DirectBuffer path()
    {
        return path;
    }

    /**
     * Returns the length of the path.
     *
     * @return bytes.
     */
    public int pathLength()
    {
        return pathLength;
    }

    /**
     * Returns the path as text.
     *
     * @return "/" for the root.
     */
    public String text()
    {
        return pathLength == 0 ? "/" : path.getStringWithoutLengthUtf8(0, pathLength);
    }
}
