/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import io.caracal.engine.tree.DataTree;
import org.agrona.ExpandableArrayBuffer;

/**
 * Counts usage anew. This visits only znodes of quotas, because the tree knows the sum of each subtree. But there can
 * be very many of those within one quota.
 */
final class Recounts
{
    /** Bytes of a path that count as one more znode visited. */
    private static final int PATH_BYTES_COUNTED = 64;

    private final DataTree tree;
    private final QuotaZnodes znodes;
    private final ExpandableArrayBuffer path = new ExpandableArrayBuffer();
    private long countedNodes;
    private long countedBytes;
    /** Znodes visited in the transaction that is being applied. */
    private long visited;
    private boolean isRebuildDue;
    private boolean wereMany;

    Recounts(final DataTree tree, final QuotaZnodes znodes)
    {
        this.tree = tree;
        this.znodes = znodes;
    }

    /**
     * Counts a usage anew. If the transaction has used up its share of recounts, marks the usage as unknown instead.
     */
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
     * Recounts the nearest quota around one whose limits were created or deleted: it loses or gains the znodes that
     * those limits govern.
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

    /** A transaction is complete: makes the recounts that were left for its end. */
    void onTxnEnd()
    {
        if (isRebuildDue)
        {
            countAll();
        }
        wereMany = visited > QuotaTable.RECOUNTED_MAX;
        visited = 0;
    }

    /** Whether the recounts of the last transaction took long. */
    boolean wereMany()
    {
        return wereMany;
    }

    /** Counts the usage of every quota of a newly loaded tree. */
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

    /** Counts what a quota governs: its subtree without the subtrees of quotas within it. */
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

    /** Bytes of a subtree whose path is in {@link #path}, without the bytes below the root of quotas. */
    private long bytes(final long top, final int pathOffset, final int pathLength)
    {
        if (QuotaZnodes.isBelowRoot(path, pathOffset, pathLength))
        {
            return 0;
        }

        final long root = znodes.root();
        final boolean hasQuotas = top == root || top == tree.parent(root);

        return tree.descendantBytes(top) + Math.max(tree.dataLength(top), 0) -
            (hasQuotas ? tree.descendantBytes(root) : 0);
    }
}
