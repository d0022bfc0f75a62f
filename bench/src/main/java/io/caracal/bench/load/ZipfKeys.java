/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.SplittableRandom;

/**
 * Draws from n keys by Zipf's law: the key of rank r is drawn about 1 / r^skew times as often as the first. Ranks are
 * scattered over the keys, so that the most frequent ones do not all lie in the same group. The sampling is the
 * closed-form approximation of Gray et al., "Quickly generating billion-record synthetic databases" (SIGMOD 1994),
 * section 3.2.
 */
final class ZipfKeys implements KeyDistribution
{
    static final double SKEW_DEFAULT = 0.99;

    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    private final long keyCount;
    private final double skew;
    private final double zeta;
    private final double alpha;
    private final double eta;

    ZipfKeys(final long keyCount, final double skew)
    {
        if (skew <= 0.0 || skew >= 1.0)
        {
            throw new IllegalArgumentException("skew must lie between 0 and 1: " + skew);
        }

        this.keyCount = keyCount;
        this.skew = skew;
        zeta = zeta(keyCount, skew);
        alpha = 1.0 / (1.0 - skew);
        eta = (1.0 - Math.pow(2.0 / keyCount, 1.0 - skew)) / (1.0 - zeta(2, skew) / zeta);
    }

    private static double zeta(final long count, final double skew)
    {
        double sum = 0.0;
        for (long i = 1; i <= count; i++)
        {
            sum += 1.0 / Math.pow((double)i, skew);
        }

        return sum;
    }

    @Override
    public long next(final SplittableRandom random)
    {
        return scatter(rank(random.nextDouble()));
    }

    long rank(final double uniform)
    {
        final double scaled = uniform * zeta;
        if (scaled < 1.0 || keyCount < 2)
        {
            return 0;
        }
        if (scaled < 1.0 + Math.pow(0.5, skew) || keyCount < 3)
        {
            return 1;
        }

        return Math.min(keyCount - 1, (long)(keyCount * Math.pow(eta * uniform - eta + 1.0, alpha)));
    }

    /**
     * Returns the key of a rank. Two ranks may share a key; their weights then add up, which does not change the skew.
     */
    private long scatter(final long rank)
    {
        long hash = rank * SCATTER;
        hash ^= hash >>> 32;
        hash *= SCATTER;
        return Math.floorMod(hash ^ (hash >>> 29), keyCount);
    }
}
