/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.BrokenInvariantException;

/**
 * Digests of the tree at past zxids. Every 128th is kept for people, who use them to compare servers. The latest ones
 * are kept to be compared with the digests of the leader's tree, which travel with each transaction. A server whose
 * tree differs from the leader's must not go on.
 */
public final class DigestHistory
{
    /** Version of the digest algorithm. */
    public static final int DIGEST_VERSION = 2;

    private static final int INTERVAL = 128;
    private static final int KEPT_MAX = 1024;
    private static final int RECENT = 1 << 13;

    private final boolean isOn;
    private final long[] keptZxids = new long[KEPT_MAX];
    private final long[] keptDigests = new long[KEPT_MAX];
    private final long[] recentZxids = new long[RECENT];
    private final long[] recentDigests = new long[RECENT];
    private long keptCount;
    private long recentCount;
    private long sinceKept;

    /**
     * The last zxid whose digest was found equal. Transactions proposed in quick succession mostly carry the digest of
     * the same zxid.
     */
    private long agreedZxid = -1;
    private long agreedDigest;

    /**
     * Creates an empty history.
     *
     * @param isOn whether digests are computed at all.
     */
    public DigestHistory(final boolean isOn)
    {
        this.isOn = isOn;
    }

    /**
     * Starts over after the state was replaced.
     *
     * @param zxid   of the state.
     * @param digest of the state.
     */
    public void restart(final long zxid, final long digest)
    {
        recentCount = 0;
        agreedZxid = -1;
        addRecent(zxid, digest);
    }

    /**
     * Records the digest after a transaction was applied.
     *
     * @param zxid   of the transaction.
     * @param digest of the tree after it.
     */
    public void onApplied(final long zxid, final long digest)
    {
        if (!isOn)
        {
            return;
        }

        addRecent(zxid, digest);
        if (++sinceKept >= INTERVAL)
        {
            sinceKept = 0;
            final int index = (int)(keptCount++ % KEPT_MAX);
            keptZxids[index] = zxid;
            keptDigests[index] = digest;
        }
    }

    private void addRecent(final long zxid, final long digest)
    {
        final int index = (int)(recentCount++ & (RECENT - 1));
        recentZxids[index] = zxid;
        recentDigests[index] = digest;
    }

    /**
     * Compares a digest of the leader's tree with the digest of this tree at the same zxid, if that is still known.
     *
     * @param zxid   at which the leader's tree had the digest.
     * @param digest of the leader's tree.
     * @throws BrokenInvariantException when they differ; its message names the zxid and both digests.
     */
    public void compare(final long zxid, final long digest)
    {
        if (isOn && !(zxid == agreedZxid && digest == agreedDigest))
        {
            final long own = indexOf(zxid);
            if (own >= 0 && recentDigests[(int)own] != digest)
            {
                throw new BrokenInvariantException("the tree after zxid 0x" + Long.toHexString(zxid) +
                    " differs from the leader's: digest " + Long.toUnsignedString(recentDigests[(int)own]) +
                    " here, " + Long.toUnsignedString(digest) +
                    " there; compare the trees, then start this server with an empty data directory");
            }
            if (own >= 0)
            {
                agreedZxid = zxid;
                agreedDigest = digest;
            }
        }
    }

    private long indexOf(final long zxid)
    {
        long low = Math.max(0, recentCount - RECENT);
        long high = recentCount - 1;
        while (low <= high)
        {
            final long middle = (low + high) >>> 1;
            final int index = (int)(middle & (RECENT - 1));
            if (recentZxids[index] == zxid)
            {
                return index;
            }
            if (recentZxids[index] < zxid)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    /**
     * Number of digests kept for people.
     *
     * @return 0 to 1024.
     */
    public int size()
    {
        return (int)Math.min(keptCount, KEPT_MAX);
    }

    /**
     * Zxid of a kept digest.
     *
     * @param index 0 for the oldest.
     * @return zxid.
     */
    public long zxid(final int index)
    {
        return keptZxids[slot(index)];
    }

    /**
     * A kept digest.
     *
     * @param index 0 for the oldest.
     * @return digest.
     */
    public long digest(final int index)
    {
        return keptDigests[slot(index)];
    }

    private int slot(final int index)
    {
        return (int)((Math.max(0, keptCount - KEPT_MAX) + index) % KEPT_MAX);
    }
}
