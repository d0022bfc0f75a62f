/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * Updates the stat of a parent when a child is created or deleted. Versions may wrap. Neither they nor the pzxid ever
 * go back.
 */
final class ParentStats
{
    private final NodeStats stats;
    private final TreeDigest digest;

    ParentStats(final NodeStats stats, final TreeDigest digest)
    {
        this.stats = stats;
        this.digest = digest;
    }

    /** Whether a creation that gave the parent this cversion is later than what the parent has. */
    boolean isNews(final int parent, final int cversion)
    {
        return cversion - stats.cversion(parent) > 0;
    }

    /** A child was created that gave the parent this cversion. */
    void onCreated(final int parent, final int cversion, final long zxid)
    {
        digest.beforeStat(parent);
        if (isNews(parent, cversion))
        {
            stats.cversion(parent, cversion);
        }
        raisePzxid(parent, zxid);
        digest.afterStat(parent);
    }

    /** A child was deleted. */
    void onDeleted(final int parent, final long zxid)
    {
        digest.beforeStat(parent);
        raisePzxid(parent, zxid);
        digest.afterStat(parent);
    }

    private void raisePzxid(final int parent, final long zxid)
    {
        stats.pzxid(parent, Math.max(stats.pzxid(parent), zxid));
    }
}
