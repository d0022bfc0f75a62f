/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.tree.ReadableTree;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Looks for empty containers and expired TTL znodes on a leader, and proposes to remove them. It looks at intervals,
 * visits a bounded number of znodes in each duty cycle, and removes no more in a minute than is permitted.
 */
final class Reaper implements ZnodeCursor
{
    private static final long NS_PER_MS = 1_000_000L;
    private static final long MS_PER_MINUTE = 60_000L;
    private static final int LOOKED_AT_PER_CYCLE_MAX = 64;

    /** Proposes to remove the znode of a path. Returns false when that must be tried again. */
    interface Proposer
    {
        boolean reap(DirectBuffer path, int length);
    }

    private final ReadableTree tree;
    private final Supplier<ReaperSettings> settings;
    private final Proposer proposer;
    private final ExpandableArrayBuffer path = new ExpandableArrayBuffer();
    private long lastCheckNs;
    private long lastReapNs;
    private long cursor = ReadableTree.NONE;
    private boolean isAmongContainers;
    private boolean isChecking;

    Reaper(final ReadableTree tree, final Supplier<ReaperSettings> settings, final Proposer proposer, final long nowNs)
    {
        this.tree = tree;
        this.settings = settings;
        this.proposer = proposer;
        lastCheckNs = nowNs;
        lastReapNs = nowNs - MS_PER_MINUTE * NS_PER_MS;
    }

    /**
     * When the next check begins. Counted from the last one, so that an operator who changes the interval need not wait
     * for the old one.
     */
    private long nextCheckNs()
    {
        return lastCheckNs + settings.get().checkIntervalMs() * NS_PER_MS;
    }

    private long nextReapNs()
    {
        return lastReapNs + MS_PER_MINUTE * NS_PER_MS / settings.get().perMinuteMax();
    }

    int doWork(final long nowNs, final long nowMs)
    {
        if (!isChecking && nowNs - nextCheckNs() >= 0)
        {
            isChecking = true;
            isAmongContainers = true;
            cursor = tree.owned().firstContainer();
            lastCheckNs = nowNs;
        }

        return isChecking ? check(nowNs, nowMs) : 0;
    }

    private int check(final long nowNs, final long nowMs)
    {
        int lookedAt = 0;
        while (isChecking && lookedAt < LOOKED_AT_PER_CYCLE_MAX && nowNs - nextReapNs() >= 0)
        {
            if (cursor == ReadableTree.NONE)
            {
                nextList();
            }
            else if (isDue(cursor, nowMs) && !reap(nowNs))
            {
                return lookedAt;
            }
            else
            {
                cursor = tree.owned().next(cursor);
            }
            lookedAt++;
        }

        return lookedAt;
    }

    private void nextList()
    {
        if (isAmongContainers)
        {
            isAmongContainers = false;
            cursor = tree.owned().firstTtl();
        }
        else
        {
            isChecking = false;
        }
    }

    private boolean isDue(final long node, final long nowMs)
    {
        if (tree.childCount(node) > 0)
        {
            return false;
        }

        final long ageMs = nowMs - tree.stats().mtimeMs(node);
        if (!isAmongContainers)
        {
            return ageMs > tree.ownerKinds().ttlMs(tree.ephemeralOwner(node));
        }

        return tree.stats().cversion(node) > 0 || (settings.get().neverUsedMs() > 0 && ageMs > settings.get()
            .neverUsedMs());
    }

    private boolean reap(final long nowNs)
    {
        final int length = tree.copyPath(cursor, path, 0);
        final boolean isProposed = proposer.reap(path, length);
        if (isProposed)
        {
            lastReapNs = nowNs;
        }

        return isProposed;
    }

    @Override
    public void onDeleting(final long node)
    {
        if (node == cursor)
        {
            cursor = tree.owned().next(node);
        }
    }

    @Override
    public void onReplacing()
    {
        isChecking = false;
        cursor = ReadableTree.NONE;
    }

    long nextDeadlineNs()
    {
        return isChecking ? nextReapNs() : nextCheckNs();
    }
}
