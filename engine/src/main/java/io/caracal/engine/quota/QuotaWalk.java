/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import io.caracal.engine.tree.ReadableTree;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A walk over all quotas, one znode per step, so that it can go on over several duty cycles while quotas change. As in
 * ZooKeeper, a znode counts as limits or usage of a quota if it has that name, has data and has no children. Used by
 * the engine's thread.
 */
public final class QuotaWalk
{
    /** The result of a step. */
    public enum Step
    {
        /** The znode is neither limits nor usage. */
        NOTHING,
        /** Limits. */
        LIMITS,
        /** Usage. */
        USAGE,
        /** There are no more znodes. */
        END
    }

    private final ReadableTree tree;
    private final long root;
    private final QuotaText values = new QuotaText();
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[QuotaTable.TEXT_LENGTH_MAX]);
    private long cursor;
    private long found;
    private boolean isUsage;

    /**
     * Creates a walk that begins with the first quota.
     *
     * @param tree holds the quotas.
     */
    public QuotaWalk(final ReadableTree tree)
    {
        this.tree = tree;
        root = tree.find(QuotaZnodes.ROOT, 0, QuotaZnodes.ROOT.capacity());
        cursor = root;
    }

    /**
     * Looks at the next znode.
     *
     * @return what it is; the other methods describe it until the tree changes.
     */
    public Step step()
    {
        if (cursor == ReadableTree.NONE)
        {
            return Step.END;
        }

        found = cursor;
        cursor = Descent.following(tree, found, root);
        isUsage = hasName(QuotaZnodes.USAGE);
        final boolean tells = found != root && tree.childCount(found) == 0 && tree.dataLength(found) >= 0 && (isUsage ||
            hasName(QuotaZnodes.LIMITS));
        if (tells)
        {
            QuotaZnodes.read(tree, found, text, values);
        }

        return tells ? isUsage ? Step.USAGE : Step.LIMITS : Step.NOTHING;
    }

    private boolean hasName(final DirectBuffer name)
    {
        return tree.child(tree.parent(found), name, 0, name.capacity()) == found;
    }

    /**
     * Number of znodes: the usage, or the limit; the hard limit if there is one.
     *
     * @return {@link QuotaText#UNSET} when not given.
     */
    public long count()
    {
        return isUsage || values.countHardLimit() < 0 ? values.count() : values.countHardLimit();
    }

    /**
     * Number of bytes: the usage, or the limit; the hard limit if there is one.
     *
     * @return {@link QuotaText#UNSET} when not given.
     */
    public long bytes()
    {
        return isUsage || values.byteHardLimit() < 0 ? values.bytes() : values.byteHardLimit();
    }

    /**
     * Copies the first element of the path that the quota is set on.
     *
     * @param target receives it.
     * @param index  of its first byte.
     * @return its length in bytes.
     */
    public int copyNamespace(final MutableDirectBuffer target, final int index)
    {
        long namespace = found;

        while (tree.parent(namespace) != root)
        {
            namespace = tree.parent(namespace);
        }

        target.checkLimit(index + tree.nameLength(namespace));

        return tree.copyName(namespace, target, index);
    }

    /**
     * A znode is about to be deleted: the walk must not stop at it.
     *
     * @param node which.
     */
    public void onDeleting(final long node)
    {
        if (node == cursor)
        {
            cursor = Descent.behind(tree, node, root);
        }
    }

    /** The whole tree is about to be replaced: the walk ends. */
    public void onReplacing()
    {
        cursor = ReadableTree.NONE;
    }
}
