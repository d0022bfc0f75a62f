/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

/**
 * What a child that comes or goes changes in the stat of its parent. Versions may wrap; neither they nor the pzxid ever
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

    /** Whether a creation that gave the parent this cversion is news to it. */
    boolean isNews(final int parent, final int cversion)
    {
        return cversion - stats.cversion(parent) > 0;
    }

    /** A child was created, which gave the parent this cversion. */
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
