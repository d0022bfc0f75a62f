/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import io.caracal.engine.protocol.PathRules;
import io.caracal.engine.tree.DataTree;
import org.agrona.DirectBuffer;

/**
 * Quotas as the tree itself holds them: {@code /zookeeper/quota<path>/zookeeper_limits} limits a subtree, and
 * {@code zookeeper_stats} beside it shows the usage. There is no other state, so a server that loaded a snapshot and
 * one that replayed its log know the same. A znode counts towards the nearest quota at or above it and towards no
 * other; the root has no quota. Znodes below {@code /zookeeper/quota} have no bytes for a quota around them, since a
 * usage gets longer as it counts. As long as nobody has set a quota, each call costs one look into the tree.
 * <p>
 * While a quota has limits, its usage is what the tree holds. It is counted when limits or usage are created and
 * updated with each change. When a client overwrites it, it is restored. A usage without limits is a znode like any
 * other.
 * <p>
 * The code that applies transactions calls {@link #onCreated}, {@link #onDeleted} and {@link #onDataChanged} right
 * after each change of the tree, {@link #onDataChanging} before a change of data, {@link #onTxnEnd} after each
 * transaction, and {@link #rebuild} after a snapshot was loaded or a restored tree took over. Usage is rewritten in
 * place, without version, time or zxid. Owned by the engine's thread.
 */
public final class QuotaTable
{
    /** Longest text of limits or usage that is read; a longer one counts as empty. */
    public static final int TEXT_LENGTH_MAX = 4096;

    /**
     * Znodes of quotas that the recounts of one transaction visit before the rest is put off. A client can cause as
     * many recounts in one transaction as a multi has parts. Recounts beyond this limit are left for the end of the
     * transaction and then made all at once.
     */
    public static final int RECOUNTED_MAX = 10_000;

    private final DataTree tree;
    private final QuotaZnodes znodes;
    private final Recounts recounts;
    private final boolean isEnforced;
    private final QuotaText limits = new QuotaText();
    private final QuotaText usage = new QuotaText();
    private final QuotaText usageBefore = new QuotaText();
    private boolean isBeforeKnown;

    /**
     * Creates the quotas of a tree.
     *
     * @param tree       holds them.
     * @param isEnforced whether hard limits are enforced: {@code enforceQuota=true}.
     */
    public QuotaTable(final DataTree tree, final boolean isEnforced)
    {
        this.tree = tree;
        this.isEnforced = isEnforced;
        znodes = new QuotaZnodes(tree);
        recounts = new Recounts(tree, znodes);
    }

    /**
     * Whether a change stays within the hard limits. Soft limits refuse nothing. Usage is that of the applied tree, as
     * in ZooKeeper, so changes that are outstanding together, or in one multi, can exceed a limit.
     *
     * @param changed    holds the path.
     * @param offset     of its first byte.
     * @param length     in bytes.
     * @param bytesDelta bytes of data that the change adds; 0 leaves bytes unchecked, a negative value is checked too.
     * @param countDelta znodes that the change adds; 0 leaves the count unchecked.
     * @return false when a limit would be exceeded: the answer is QUOTA_EXCEEDED.
     */
    public boolean permits(final DirectBuffer changed, final int offset, final int length, final long bytesDelta,
        final long countDelta)
    {
        if (!isEnforced)
        {
            return true;
        }

        final long quota = znodes.nearest(changed, offset, length);

        if (quota == DataTree.NONE)
        {
            return true;
        }

        final long stats = znodes.usageOf(quota);

        if (stats == DataTree.NONE)
        {
            return true;
        }

        znodes.read(znodes.limitsOf(quota), limits);
        znodes.read(stats, usage);

        final long countedBytes = QuotaZnodes.isBelowRoot(changed, offset, length) ? 0 : bytesDelta;

        return isWithin(countDelta, usage.count(), limits.countHardLimit()) && isWithin(countedBytes, usage.bytes(),
            limits.byteHardLimit());
    }

    private static boolean isWithin(final long delta, final long used, final long limit)
    {
        return delta == 0 || limit < 0 || used + delta <= limit;
    }

    /**
     * A znode was created.
     *
     * @param changed    holds its path.
     * @param offset     of the first byte.
     * @param length     in bytes.
     * @param dataLength of its data, 0 or -1 for none.
     */
    public void onCreated(final DirectBuffer changed, final int offset, final int length, final int dataLength)
    {
        final long quota = znodes.nearest(changed, offset, length);
        final boolean isBelowRoot = QuotaZnodes.isBelowRoot(changed, offset, length);

        if (quota != DataTree.NONE)
        {
            addUsage(quota, isBelowRoot ? 0 : Math.max(dataLength, 0), 1);
        }

        if (isBelowRoot)
        {
            onCreatedBelowQuota(tree.find(changed, offset, length));
        }
    }

    /**
     * Makes the recounts that a new znode below the root of quotas requires: a new usage is counted; new limits are
     * counted as well, and so is the quota around them.
     */
    private void onCreatedBelowQuota(final long node)
    {
        final long quota = tree.parent(node);
        final boolean isLimits = quota != znodes.root() && znodes.limitsOf(quota) == node;

        if (isLimits)
        {
            recounts.recountEnclosing(quota);
        }
        if (isLimits || znodes.isUsage(node))
        {
            recounts.recount(quota);
        }
    }

    /**
     * A znode was deleted.
     *
     * @param changed    holds its path.
     * @param offset     of the first byte.
     * @param length     in bytes.
     * @param dataLength of the data that it had, 0 or -1 for none.
     */
    public void onDeleted(final DirectBuffer changed, final int offset, final int length, final int dataLength)
    {
        final long quota = znodes.nearest(changed, offset, length);
        final boolean isBelowRoot = QuotaZnodes.isBelowRoot(changed, offset, length);

        if (quota != DataTree.NONE)
        {
            addUsage(quota, isBelowRoot ? 0 : -(long)Math.max(dataLength, 0), -1);
        }

        if (isBelowRoot && PathRules.hasName(changed, offset, length, QuotaZnodes.LIMITS))
        {
            recounts.recountEnclosing(tree.find(changed, offset, PathRules.lastSlash(changed, offset, length)));
        }
    }

    /**
     * The data of a znode is about to be replaced.
     *
     * @param changed holds its path.
     * @param offset  of the first byte.
     * @param length  in bytes.
     * @param node    the znode.
     */
    public void onDataChanging(final DirectBuffer changed, final int offset, final int length, final long node)
    {
        isBeforeKnown = false;

        if (QuotaZnodes.isBelowRoot(changed, offset, length) && isKept(node))
        {
            znodes.read(node, usageBefore);
            isBeforeKnown = isKnown(usageBefore);
        }
    }

    /** Whether a znode is a usage that is kept up to date, because its quota has limits. */
    private boolean isKept(final long node)
    {
        return znodes.isUsage(node) && znodes.isLimited(tree.parent(node));
    }

    /**
     * The data of a znode was replaced.
     *
     * @param changed        holds its path.
     * @param offset         of the first byte.
     * @param length         in bytes.
     * @param previousLength of the data that it had, 0 or -1 for none.
     * @param dataLength     of the data that it has, 0 or -1 for none.
     */
    public void onDataChanged(final DirectBuffer changed, final int offset, final int length, final int previousLength,
        final int dataLength)
    {
        if (QuotaZnodes.isBelowRoot(changed, offset, length))
        {
            restoreUsage(tree.find(changed, offset, length));
            return;
        }

        final long bytesDelta = (long)Math.max(dataLength, 0) - Math.max(previousLength, 0);
        final long quota = bytesDelta == 0 ? DataTree.NONE : znodes.nearest(changed, offset, length);

        if (quota != DataTree.NONE)
        {
            addUsage(quota, bytesDelta, 0);
        }
    }

    /**
     * Restores a usage that a client overwrote. If the usage before was known, it still holds and nothing is counted.
     */
    private void restoreUsage(final long node)
    {
        if (!isKept(node))
        {
            return;
        }

        if (isBeforeKnown)
        {
            znodes.write(node, usageBefore.count(), usageBefore.bytes());
        }
        else
        {
            recounts.recount(tree.parent(node));
        }
        isBeforeKnown = false;
    }

    private static boolean isKnown(final QuotaText figures)
    {
        return figures.count() >= 0 && figures.bytes() >= 0;
    }

    /** A transaction is complete: makes the recounts that were left for its end. */
    public void onTxnEnd()
    {
        recounts.onTxnEnd();
    }

    /**
     * Whether the recounts of the last transaction took long. If so, other work should be done before the next
     * transaction is applied.
     *
     * @return true when more than {@link #RECOUNTED_MAX} znodes were visited.
     */
    public boolean isLastTxnLong()
    {
        return recounts.wereMany();
    }

    /**
     * Counts the usage of every quota anew: after a snapshot was loaded and the journal replayed, or a restored tree
     * took over.
     */
    public void rebuild()
    {
        recounts.rebuild();
    }

    /** Corrects the usage of a quota with limits. It is unknown only if it is counted at the end of the transaction. */
    private void addUsage(final long quota, final long bytesDelta, final long countDelta)
    {
        final long stats = znodes.usageOf(quota);

        if (stats == DataTree.NONE)
        {
            return;
        }

        znodes.read(stats, usage);

        if (isKnown(usage) && (bytesDelta != 0 || countDelta != 0))
        {
            znodes.write(stats, usage.count() + countDelta, usage.bytes() + bytesDelta);
        }
    }
}
