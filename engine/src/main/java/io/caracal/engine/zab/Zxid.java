/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

/**
 * Transaction id, which orders transactions: epoch in the high 32 bits, counter in the low 32 bits. The first
 * transaction of an epoch has counter 1.
 */
public final class Zxid
{
    /**
     * Counter at which a leader stops preparing requests and starts a new epoch, long before the counter would wrap.
     */
    public static final long COUNTER_ROLL_OVER = (1L << 32) - (1L << 20);

    private static final int EPOCH_SHIFT = 32;
    private static final long COUNTER_MASK = 0xFFFF_FFFFL;

    private Zxid()
    {
    }

    /**
     * Packs a zxid.
     *
     * @param epoch   0 to 2^31 - 1.
     * @param counter 0 to 2^32 - 1.
     * @return the zxid.
     */
    public static long pack(final long epoch, final long counter)
    {
        return (epoch << EPOCH_SHIFT) | (counter & COUNTER_MASK);
    }

    /**
     * Epoch of a zxid.
     *
     * @param zxid any.
     * @return its high half.
     */
    public static long epoch(final long zxid)
    {
        return zxid >>> EPOCH_SHIFT;
    }

    /**
     * Counter of a zxid.
     *
     * @param zxid any.
     * @return its low half.
     */
    public static long counter(final long zxid)
    {
        return zxid & COUNTER_MASK;
    }

    /**
     * Whether a transaction can directly follow another one: it is the next of the same epoch or the first of a later
     * epoch.
     *
     * @param zxid     the later one.
     * @param previous the earlier one.
     * @return true when no transaction can lie in between.
     */
    public static boolean follows(final long zxid, final long previous)
    {
        final boolean next = zxid == previous + 1 && counter(zxid) != 0;

        return next || (counter(zxid) == 1 && epoch(zxid) > epoch(previous));
    }
}
