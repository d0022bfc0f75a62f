/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import io.caracal.engine.tree.ReadableTree;

/** Traverses the znodes of a subtree, parents before children. */
final class Descent
{
    private Descent()
    {
    }

    /** The next znode of a subtree; NONE after the last. */
    static long following(final ReadableTree tree, final long node, final long top)
    {
        final long child = tree.firstChild(node);
        return child == ReadableTree.NONE ? behind(tree, node, top) : child;
    }

    /** The next znode of a subtree that is not below this one; NONE after the last. */
    static long behind(final ReadableTree tree, final long node, final long top)
    {
        long current = node;

        while (current != top)
        {
            final long sibling = tree.nextSibling(current);

            if (sibling != ReadableTree.NONE)
            {
                return sibling;
            }

            current = tree.parent(current);
        }

        return ReadableTree.NONE;
    }
}
