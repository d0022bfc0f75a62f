/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import io.caracal.engine.tree.DataTree;
import org.agrona.ExpandableArrayBuffer;

/**
 * Counts usage anew. Only znodes of quotas are visited for that, because the tree knows the sum of each subtree; but
 * there can be very many of those within one quota.
 */
final class Recounts
{
    /** Bytes of a path that are counted like one znode more. */
    private static final int PATH_BYTES_COUNTED = 64;

    private final DataTree tree;
    private final QuotaZnodes znodes;
    private final ExpandableArrayBuffer path = new ExpandableArrayBuffer();
    private long countedNodes;
    private long countedBytes;
    /** Znodes looked at in the transaction that is being applied. */
    private long visited;
    private boolean isRebuildDue;
    private boolean wereMany;

    Recounts(final DataTree tree, final QuotaZnodes znodes)
    {
        this.tree = tree;
        this.znodes = znodes;
    }

    /** Counts a usage anew, or marks it as not known where the transaction has had its share of recounts. */
    void recount(final long quota)
    {
        final long usage = znodes.usageOf(quota);

        if (usage != DataTree.NONE && visited > QuotaTable.RECOUNTED_MAX)
        {
            isRebuildDue = true;
            znodes.write(usage, QuotaText.UNSET, QuotaText.UNSET);
        }
        else
        {
            countAnew(quota);
        }
    }

    /**
     * Recounts the nearest quota around one whose limits came or went: it gives up, or takes over, what those limits
     * govern.
     */
    void recountEnclosing(final long quota)
    {
        final long root = znodes.root();

        for (long node = quota; node != root && node != DataTree.NONE; node = tree.parent(node))
        {
            if (node != quota && znodes.isLimited(node))
            {
                recount(node);
                return;
            }
        }
    }

    /** A transaction is applied: recounts that were left for its end are made. */
    void onTxnEnd()
    {
        if (isRebuildDue)
        {
            countAll();
        }
        wereMany = visited > QuotaTable.RECOUNTED_MAX;
        visited = 0;
    }

    /** Whether those of the last transaction took long. */
    boolean wereMany()
    {
        return wereMany;
    }

    /** Counts the usage of every quota of a tree that was not there before. */
    void rebuild()
    {
        countAll();
        visited = 0;
    }

    private void countAll()
    {
        isRebuildDue = false;
        final long root = znodes.root();
        long node = root;

        while (node != DataTree.NONE)
        {
            if (node != root && znodes.isLimited(node))
            {
                countAnew(node);
            }

            node = Descent.following(tree, node, root);
        }
    }

    /** Counts what a quota governs, which is its subtree without the subtrees of quotas within. */
    private void countAnew(final long quota)
    {
        final long usage = znodes.usageOf(quota);

        if (usage == DataTree.NONE)
        {
            return;
        }

        countedNodes = 0;
        countedBytes = 0;
        count(quota, 1);
        long node = Descent.following(tree, quota, quota);

        while (node != DataTree.NONE)
        {
            visited++;

            if (znodes.isLimited(node))
            {
                count(node, -1);
                node = Descent.behind(tree, node, quota);
            }
            else
            {
                node = Descent.following(tree, node, quota);
            }
        }

        znodes.write(usage, countedNodes, countedBytes);
    }

    /** Adds the whole subtree that a quota is set on; subtracts it when the sign is -1. */
    private void count(final long quota, final int sign)
    {
        final int length = tree.pathLength(quota);
        tree.copyPath(quota, path, 0);
        visited += 1 + length / PATH_BYTES_COUNTED;
        final int rootLength = QuotaZnodes.ROOT.capacity();
        final long top = tree.find(path, rootLength, length - rootLength);

        if (top != DataTree.NONE)
        {
            countedNodes += sign * (1L + tree.descendantCount(top));
            countedBytes += sign * bytes(top, rootLength, length - rootLength);
        }
    }

    /** Bytes of a subtree, whose path is at hand, without those of what lies below the root of quotas. */
    private long bytes(final long top, final int pathOffset, final int pathLength)
    {
        if (QuotaZnodes.isBelowRoot(path, pathOffset, pathLength))
        {
            return 0;
        }

        final long root = znodes.root();
        final boolean hasQuotas = top == root || top == tree.parent(root);

        return tree.descendantBytes(top) + Math.max(tree.dataLength(top), 0) - (hasQuotas ? tree.descendantBytes(
            root) : 0);
    }
}
