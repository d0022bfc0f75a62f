/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts whole numbers and keeps their sum and extremes: exact, without percentiles, and cheap enough for every
 * request. One thread adds, any thread reads. A number that is being added may already be in one figure and not yet in
 * another.
 */
final class AmountTally
{
    private static final double DECIMALS = 10_000;
    private static final VarHandle COUNT = handle("count");
    private static final VarHandle SUM = handle("sum");
    private static final VarHandle LEAST = handle("least");
    private static final VarHandle MOST = handle("most");

    private long count;
    private long sum;
    private long least = Long.MAX_VALUE;
    private long most;

    private static VarHandle handle(final String field)
    {
        try
        {
            return MethodHandles.lookup().findVarHandle(AmountTally.class, field, long.class);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /** Adds an amount, zero or more. Called by one thread only. */
    void add(final long amount)
    {
        if (amount < least)
        {
            LEAST.setRelease(this, amount);
        }
        if (amount > most)
        {
            MOST.setRelease(this, amount);
        }
        SUM.setRelease(this, sum + amount);
        COUNT.setRelease(this, count + 1);
    }

    Summary figures()
    {
        final long counted = (long)COUNT.getAcquire(this);

        return new Figures(counted, (long)SUM.getAcquire(this), counted == 0 ? 0 : (long)LEAST.getAcquire(this),
            (long)MOST.getAcquire(this));
    }

    private record Figures(long count, long sum, long min, long max) implements Summary
    {
        @Override
        public double mean()
        {
            return count == 0 ? 0 : Math.round((double)sum / count * DECIMALS) / DECIMALS;
        }

        @Override
        public boolean hasPercentiles()
        {
            return false;
        }

        @Override
        public long percentile(final double percentile)
        {
            throw new UnsupportedOperationException("no percentiles are kept");
        }
    }
}
