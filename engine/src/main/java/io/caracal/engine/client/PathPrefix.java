/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.tree.ReadableTree;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells which znodes have a path that begins with a prefix, without building paths. The prefix up to its last slash
 * names a znode P, and the rest begins a name. The path of a znode matches if the znode or one of its ancestors is a
 * child of P and has a name that begins with the rest.
 * <p>
 * A session can have very many ephemerals very deep down. So some znodes are remembered from which the way up did not
 * match. The search from another znode ends when it meets one of them.
 */
final class PathPrefix
{
    /** Number of steps between remembered znodes on a way up that did not match. */
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
     * Sets the prefix. It is valid as long as neither the tree nor the buffer changes.
     *
     * @param buffer holds it.
     * @param offset of its first byte.
     * @param length in bytes, negative for null; null, blank and "/" match every path.
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

    /**
     * Whether every path matches. Blanks and control characters at the ends of the prefix are ignored here, but not
     * when paths are compared.
     */
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

    /**
     * Finds the znode that the prefix up to its last slash names. A prefix that begins with two slashes matches
     * nothing, since the root's path is "/" but its children's paths begin with one slash.
     */
    private long parent(final DirectBuffer buffer, final int offset, final int slash)
    {
        if (slash == 0)
        {
            return tree.root();
        }

        final long found = slash < 0 ? ReadableTree.NONE : tree.find(buffer, offset, slash);

        return found == tree.root() ? ReadableTree.NONE : found;
    }

    /** Whether the path of a znode other than the root begins with the prefix. */
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

    /**
     * Remembers some znodes of a way up that did not match. The way up from a znode that matches meets none of them
     * before it reaches P, so a way that meets one does not match.
     */
    private void remember(final long node, final long end)
    {
        int steps = 0;
        for (long current = node; current != end; current = tree.parent(current))
        {
            // The first znode of the way is an ephemeral, which has no children, so it need not be remembered.
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

    /** Number of steps from a znode to its parent since the prefix was set. */
    long stepCount()
    {
        return stepCount;
    }
}
