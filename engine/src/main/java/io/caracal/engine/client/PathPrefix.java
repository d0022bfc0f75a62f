/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.tree.ReadableTree;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells whose path begins with a prefix, without putting paths together: the path of a znode does if the znode, or one
 * above it, is a child of the znode that the prefix names up to its last slash, and has a name that begins with the
 * rest.
 * <p>
 * A session can have very many ephemerals very deep down. So it is remembered at some places which ways up led past
 * the prefix, and the way of another znode ends where it meets one of them.
 */
final class PathPrefix
{
    /** On a way that led past the prefix, this many steps lie between places that are remembered. */
    static final int STRIDE = 256;

    private static final int PLACE_BITS = 13;
    private static final long HASH_FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final ReadableTree tree;
    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);
    private final long[] elsewhere = new long[1 << PLACE_BITS];
    private boolean isAll;
    private long parent;
    private long stepCount;

    PathPrefix(final ReadableTree tree)
    {
        this.tree = tree;
    }

    /**
     * Sets the prefix. It holds as long as neither the tree nor the buffer changes.
     *
     * @param buffer holds it.
     * @param offset of its first byte.
     * @param length in bytes, negative for null; null, blank and "/" are the prefix of every path.
     */
    void set(final DirectBuffer buffer, final int offset, final int length)
    {
        stepCount = 0;
        isAll = isAll(buffer, offset, length);
        if (!isAll)
        {
            int slash = length - 1;
            while (slash >= 0 && buffer.getByte(offset + slash) != '/')
            {
                slash--;
            }
            parent = parent(buffer, offset, slash);
            name.wrap(buffer, offset + slash + 1, length - slash - 1);
            Arrays.fill(elsewhere, ReadableTree.NONE);
        }
    }

    /** Blanks and control characters at the ends of the prefix do not count here; they do when paths are compared. */
    private static boolean isAll(final DirectBuffer buffer, final int offset, final int length)
    {
        int begin = offset;
        int end = offset + length;
        while (begin < end && isBlank(buffer.getByte(begin)))
        {
            begin++;
        }
        while (begin < end && isBlank(buffer.getByte(end - 1)))
        {
            end--;
        }

        return begin >= end || (end - begin == 1 && buffer.getByte(begin) == '/');
    }

    private static boolean isBlank(final byte character)
    {
        return character >= 0 && character <= ' ';
    }

    /** The root's own path is "/" and that of its children does not begin with two slashes. */
    private long parent(final DirectBuffer buffer, final int offset, final int slash)
    {
        if (slash == 0)
        {
            return tree.root();
        }

        final long found = slash < 0 ? ReadableTree.NONE : tree.find(buffer, offset, slash);

        return found == tree.root() ? ReadableTree.NONE : found;
    }

    /** Whether the path of a znode, which is not the root, begins with the prefix. */
    boolean matches(final long node)
    {
        return isAll || (parent != ReadableTree.NONE && isBelow(node));
    }

    private boolean isBelow(final long node)
    {
        long current = node;
        while (current != ReadableTree.NONE && !isElsewhere(current))
        {
            final long above = tree.parent(current);
            stepCount++;
            if (above == parent)
            {
                if (tree.nameBeginsWith(current, name, 0, name.capacity()))
                {
                    return true;
                }
                break;
            }
            current = above;
        }
        remember(node, current);

        return false;
    }

    private boolean isElsewhere(final long node)
    {
        return elsewhere[place(node)] == node;
    }

    /** Whatever is below the znodes of this way, which are none above the prefix's own, is elsewhere. */
    private void remember(final long node, final long end)
    {
        int steps = 0;
        for (long current = node; current != end; current = tree.parent(current))
        {
            // The way begins with an ephemeral, which has nothing below it.
            if (steps++ % STRIDE == 1)
            {
                elsewhere[place(current)] = current;
            }
        }
    }

    private static int place(final long node)
    {
        return (int)((node * HASH_FACTOR) >>> (Long.SIZE - PLACE_BITS));
    }

    /** Steps from a znode to its parent since the prefix was set. */
    long stepCount()
    {
        return stepCount;
    }
}
