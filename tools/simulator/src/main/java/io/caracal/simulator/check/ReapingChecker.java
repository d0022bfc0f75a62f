/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.concurrent.TimeUnit;

/**
 * Checks what a leader removes by itself: containers that have lost their last child, and TTL znodes without children
 * whose time is over. Nothing else goes unasked, no more of them in a minute than permitted, and at last all of them.
 */
public final class ReapingChecker implements AgreedLog.Listener
{
    private static final String DUE = "a leader removes only what is due";
    private static final String PACE = "a leader removes no more in a minute than it may";
    private static final long NONE = -1;

    private final ModelTree tree;
    private final long neverUsedMs;
    private final long gapMs;
    private long lastZxid = NONE;
    private long lastMs;

    /**
     * Creates a checker.
     *
     * @param tree         built from the agreed transactions.
     * @param perMinuteMax how many znodes a leader may remove in a minute.
     * @param neverUsedMs  age in milliseconds above which a container goes that never had a child; 0: never.
     */
    public ReapingChecker(final ModelTree tree, final long perMinuteMax, final long neverUsedMs)
    {
        this.tree = tree;
        this.neverUsedMs = neverUsedMs;
        gapMs = TimeUnit.MINUTES.toMillis(1) / perMinuteMax;
    }

    @Override
    public void onAgreed(final Txn txn, final long appendedNs)
    {
        for (final Txn.Part part : txn.parts())
        {
            if (txn.sessionId() == 0 && part.change() == Txn.Change.DELETE)
            {
                onRemoved(txn, part.path());
            }
        }
    }

    private void onRemoved(final Txn txn, final String path)
    {
        final Znode znode = tree.at(path, txn.zxid() - 1);
        Violation.unless(isDue(znode, txn.timeMs()), DUE,
            () -> path + " goes at " + Violation.zxid(txn.zxid()) + ", was " +
                znode);
        // Each whole number of milliseconds may be up to one too large.
        Violation.unless(!isSameEpoch(txn.zxid(), lastZxid) || txn.timeMs() - lastMs >= gapMs - 1, PACE,
            () -> path + " goes " + (txn.timeMs() - lastMs) + " ms after the one before it");
        lastZxid = txn.zxid();
        lastMs = txn.timeMs();
    }

    private static boolean isSameEpoch(final long zxid, final long other)
    {
        return zxid >>> Integer.SIZE == other >>> Integer.SIZE;
    }

    private boolean isDue(final Znode znode, final long nowMs)
    {
        final long ageMs = nowMs - znode.mtimeMs();

        return willBeDue(znode) && (Owner.isTtl(znode.owner()) ? ageMs > Owner.ttlMs(znode.owner()) :
            znode.creates() > 0 || ageMs > neverUsedMs);
    }

    /** Whether a znode goes by itself if nobody changes it any more. */
    private boolean willBeDue(final Znode znode)
    {
        return znode.childCount() == 0 && (Owner.isTtl(znode.owner()) || (Owner.isContainer(znode.owner()) &&
            (znode.creates() > 0 || neverUsedMs > 0)));
    }

    /**
     * How long a leader may take to remove everything that goes by itself, once it is due.
     *
     * @return milliseconds.
     */
    public long tidyingMs()
    {
        return gapMs * tree.paths().stream().map(path -> tree.now(path).owner()).filter(owner -> Owner.isContainer(
            owner) || Owner.isTtl(owner)).count();
    }

    /**
     * Whether everything is gone that goes by itself.
     *
     * @return true when nothing of the kind is left.
     */
    public boolean isTidy()
    {
        return tree.paths().stream().map(tree::now).noneMatch(this::willBeDue);
    }
}
