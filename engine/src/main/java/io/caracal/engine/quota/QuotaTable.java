/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import io.caracal.engine.protocol.PathRules;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.ReadableTree;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Quotas as the tree itself holds them: {@code /zookeeper/quota<path>/zookeeper_limits} limits a subtree,
 * {@code zookeeper_stats} beside it shows the usage. There is no other state, so a server that loaded a snapshot and
 * one that replayed know the same. A znode counts towards the nearest quota at or above it, and towards no other; the
 * root has none. As long as nobody has set a quota, each call costs one look into the tree.
 * <p>
 * Whoever applies transactions calls {@link #onCreated}, {@link #onDeleted} and {@link #onDataChanged} right after each
 * change of the tree, {@link #onDataChanging} before one of data, {@link #onTxnEnd} after each transaction, and
 * {@link #rebuild} after a snapshot was loaded. Usage is rewritten in place, without version, time or zxid. Owned by
 * the engine's thread.
 */
public final class QuotaTable
{
    /** Longest text of limits or usage that is read; a longer one counts as empty. */
    public static final int TEXT_LENGTH_MAX = 4096;

    /**
     * Znodes of quotas that the recounts of one transaction look at. A client can have as many recounts in one as there
     * are parts in a multi; those that are due beyond this are left for its end, and then made all at once.
     */
    public static final int RECOUNTED_MAX = 10_000;

    /** Bytes of a path that are counted like one znode more. */
    private static final int PATH_BYTES_COUNTED = 64;

    private static final String QUOTA_TEXT = "/zookeeper/quota";
    static final DirectBuffer QUOTA = ascii(QUOTA_TEXT);
    static final DirectBuffer LIMITS = ascii("zookeeper_limits");
    static final DirectBuffer STATS = ascii("zookeeper_stats");
    private static final byte SLASH = '/';

    private final DataTree tree;
    private final boolean isEnforced;
    private final QuotaText limits = new QuotaText();
    private final QuotaText usage = new QuotaText();
    private final QuotaText usageBefore = new QuotaText().parse(null, 0, 0);
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[TEXT_LENGTH_MAX]);
    private final ExpandableArrayBuffer path = new ExpandableArrayBuffer();
    private long countedNodes;
    private long countedBytes;
    private long recounted;
    private boolean isRebuildDue;

    /**
     * Quotas of a tree.
     *
     * @param tree       holds them.
     * @param isEnforced whether hard limits are looked at: {@code enforceQuota=true}.
     */
    public QuotaTable(final DataTree tree, final boolean isEnforced)
    {
        this.tree = tree;
        this.isEnforced = isEnforced;
    }

    private static DirectBuffer ascii(final String value)
    {
        return new UnsafeBuffer(value.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Names the quota that a path counts towards, so that whoever prepares requests can add up what is outstanding
     * under it.
     *
     * @param changed holds the path, which need not exist.
     * @param offset  of its first byte.
     * @param length  in bytes.
     * @return a reference that is valid until the quota's znode is deleted, {@link DataTree#NONE} when there is no
     *         quota.
     */
    public long quotaOf(final DirectBuffer changed, final int offset, final int length)
    {
        long quota = quotaRoot();
        long nearest = DataTree.NONE;

        if (quota == DataTree.NONE || tree.childCount(quota) == 0)
        {
            return nearest;
        }

        int segment = 1;

        while (segment < length && quota != DataTree.NONE)
        {
            final int end = endOfSegment(changed, offset, segment, length);
            quota = tree.child(quota, changed, offset + segment, end - segment);

            if (quota != DataTree.NONE && childOf(quota, LIMITS) != DataTree.NONE)
            {
                nearest = quota;
            }

            segment = end + 1;
        }

        return nearest;
    }

    private static int endOfSegment(final DirectBuffer buffer, final int offset, final int segment, final int length)
    {
        int end = segment;

        while (end < length && buffer.getByte(offset + end) != SLASH)
        {
            end++;
        }

        return end;
    }

    private long childOf(final long node, final DirectBuffer name)
    {
        return tree.child(node, name, 0, name.capacity());
    }

    /**
     * Whether a change stays within the hard limits. Soft limits refuse nothing. Usage is that of the applied tree; a
     * caller who prepares requests may add to the deltas what is outstanding.
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

        final long quota = quotaOf(changed, offset, length);

        if (quota == DataTree.NONE)
        {
            return true;
        }

        final long stats = childOf(quota, STATS);

        if (stats == DataTree.NONE)
        {
            return true;
        }

        read(childOf(quota, LIMITS), limits);
        read(stats, usage);

        return isWithin(countDelta, usage.count(), limits.countHardLimit()) && isWithin(bytesDelta, usage.bytes(),
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
        final long own = recountWhenPartOfQuota(changed, offset, length);
        final long quota = quotaOf(changed, offset, length);

        if (quota != DataTree.NONE && quota != own)
        {
            addUsage(quota, Math.max(dataLength, 0), 1);
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
        final long quota = quotaOf(changed, offset, length);

        if (quota != DataTree.NONE)
        {
            addUsage(quota, -(long)Math.max(dataLength, 0), -1);
        }

        if (isBelowQuota(changed, offset, length) && PathRules.hasName(changed, offset, length, LIMITS))
        {
            recountEnclosing(tree.find(changed, offset, PathRules.lastSlash(changed, offset, length)));
        }
    }

    /**
     * The data of a znode are about to be replaced.
     *
     * @param changed holds its path.
     * @param offset  of the first byte.
     * @param length  in bytes.
     * @param node    the znode.
     */
    public void onDataChanging(final DirectBuffer changed, final int offset, final int length, final long node)
    {
        if (isBelowQuota(changed, offset, length) && isUsage(node))
        {
            read(node, usageBefore);
        }
    }

    private boolean isUsage(final long node)
    {
        final long quota = tree.parent(node);

        return quota != quotaRoot() && childOf(quota, STATS) == node;
    }

    /**
     * The data of a znode were replaced.
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
        if (isBelowQuota(changed, offset, length) && restoreUsage(tree.find(changed, offset, length)))
        {
            return;
        }

        final long bytesDelta = (long)Math.max(dataLength, 0) - Math.max(previousLength, 0);
        final long quota = bytesDelta == 0 ? DataTree.NONE : quotaOf(changed, offset, length);

        if (quota != DataTree.NONE)
        {
            addUsage(quota, bytesDelta, 0);
        }
    }

    /** A client wrote over a usage, if it was one: what was known before still holds, so nothing is counted. */
    private boolean restoreUsage(final long node)
    {
        if (!isUsage(node))
        {
            return false;
        }

        if (isKnown(usageBefore))
        {
            write(node, usageBefore.count(), usageBefore.bytes());
        }
        else
        {
            recount(tree.parent(node));
        }
        usageBefore.parse(text, 0, 0);

        return true;
    }

    private static boolean isKnown(final QuotaText figures)
    {
        return figures.count() >= 0 && figures.bytes() >= 0;
    }

    /** A transaction is applied: recounts that were left for its end are made. */
    public void onTxnEnd()
    {
        if (isRebuildDue)
        {
            isRebuildDue = false;
            rebuild();
        }
        recounted = 0;
    }

    /** Counts the usage of every quota anew: after a snapshot was loaded and the journal replayed. */
    public void rebuild()
    {
        final long root = quotaRoot();
        long node = root;

        while (node != DataTree.NONE)
        {
            if (node != root && childOf(node, LIMITS) != DataTree.NONE)
            {
                countAnew(node);
            }

            node = Descent.following(tree, node, root);
        }
        recounted = 0;
    }

    /**
     * Recounts what a new znode of a quota's own requires: its usage when it is that znode, and the usage of the quota
     * around it when it is its limits. Returns the quota if its own usage was recounted, NONE otherwise.
     */
    private long recountWhenPartOfQuota(final DirectBuffer changed, final int offset, final int length)
    {
        final long node = isBelowQuota(changed, offset, length) ? tree.find(changed, offset, length) : DataTree.NONE;

        if (node == DataTree.NONE)
        {
            return DataTree.NONE;
        }

        final long quota = tree.parent(node);
        final boolean isLimits = childOf(quota, LIMITS) == node;

        if (isLimits)
        {
            recountEnclosing(quota);
            recountUnknown(quota);
        }

        if (isUsage(node))
        {
            recount(quota);
            return quota;
        }

        return DataTree.NONE;
    }

    /** Limits that are made next to a usage which is known already leave that as it is, as in ZooKeeper. */
    private void recountUnknown(final long quota)
    {
        if (quota != quotaRoot())
        {
            addUsage(quota, 0, 0);
        }
    }

    /**
     * Recounts the nearest quota around one whose limits came or went: it gives up, or takes over, what those limits
     * govern.
     */
    private void recountEnclosing(final long quota)
    {
        final long root = quotaRoot();

        for (long node = quota; node != root && node != DataTree.NONE; node = tree.parent(node))
        {
            if (node != quota && childOf(node, LIMITS) != DataTree.NONE)
            {
                recount(node);
                return;
            }
        }
    }

    private long quotaRoot()
    {
        return tree.find(QUOTA, 0, QUOTA.capacity());
    }

    private static boolean isBelowQuota(final DirectBuffer changed, final int offset, final int length)
    {
        if (length <= QUOTA.capacity())
        {
            return false;
        }

        for (int i = 0; i < QUOTA.capacity(); i++)
        {
            if (changed.getByte(offset + i) != QUOTA_TEXT.charAt(i))
            {
                return false;
            }
        }

        return changed.getByte(offset + QUOTA.capacity()) == SLASH;
    }

    private void addUsage(final long quota, final long bytesDelta, final long countDelta)
    {
        final long stats = childOf(quota, STATS);

        if (stats == DataTree.NONE)
        {
            return;
        }

        read(stats, usage);

        if (!isKnown(usage))
        {
            recount(quota);
        }
        else if (bytesDelta != 0 || countDelta != 0)
        {
            write(stats, usage.count() + countDelta, usage.bytes() + bytesDelta);
        }
    }

    /** Counts a usage anew, or marks it as not known where the transaction has had its share of recounts. */
    private void recount(final long quota)
    {
        final long stats = childOf(quota, STATS);

        if (stats != DataTree.NONE && recounted > RECOUNTED_MAX)
        {
            isRebuildDue = true;
            write(stats, QuotaText.UNSET, QuotaText.UNSET);
        }
        else
        {
            countAnew(quota);
        }
    }

    /**
     * Counts what a quota governs, which is its subtree without the subtrees of quotas within. Only znodes of quotas
     * are visited, because the tree knows the sum of each subtree.
     */
    private void countAnew(final long quota)
    {
        final long stats = childOf(quota, STATS);

        if (stats == DataTree.NONE)
        {
            return;
        }

        countedNodes = 0;
        countedBytes = 0;
        count(quota, 1);
        long node = Descent.following(tree, quota, quota);

        while (node != DataTree.NONE)
        {
            recounted++;

            if (childOf(node, LIMITS) == DataTree.NONE)
            {
                node = Descent.following(tree, node, quota);
            }
            else
            {
                count(node, -1);
                node = Descent.behind(tree, node, quota);
            }
        }

        write(stats, countedNodes, countedBytes);
    }

    /** Adds the whole subtree that a quota is set on; subtracts it when the sign is -1. */
    private void count(final long quota, final int sign)
    {
        final int length = tree.pathLength(quota);
        tree.copyPath(quota, path, 0);
        recounted += 1 + length / PATH_BYTES_COUNTED;
        final long top = tree.find(path, QUOTA.capacity(), length - QUOTA.capacity());

        if (top != DataTree.NONE)
        {
            countedNodes += sign * (1L + tree.descendantCount(top));
            countedBytes += sign * (tree.descendantBytes(top) + Math.max(tree.dataLength(top), 0));
        }
    }

    private void read(final long node, final QuotaText target)
    {
        read(tree, node, text, target);
    }

    static void read(final ReadableTree tree, final long node, final MutableDirectBuffer text, final QuotaText target)
    {
        final boolean isReadable = tree.dataLength(node) <= TEXT_LENGTH_MAX;
        target.parse(text, 0, isReadable ? tree.copyData(node, text, 0) : 0);
    }

    private void write(final long stats, final long count, final long bytes)
    {
        tree.replaceData(stats, text, 0, QuotaText.format(count, bytes, text, 0));
    }
}
