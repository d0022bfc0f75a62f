/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.engine.port.Count;
import java.util.Arrays;

/** Counts as they were at one moment. Immutable. */
final class PastTotals implements Totals
{
    /** As they are when the server starts. */
    static final PastTotals NONE = new PastTotals();

    private final long[] counts = new long[Count.values().length];
    private final long[] traffic = new long[Traffic.values().length];
    private final long[] vitals = new long[Vital.values().length];
    private final long lookings;

    private PastTotals()
    {
        lookings = 0;
    }

    /** Remembers what is counted until now. */
    PastTotals(final Totals now)
    {
        Arrays.setAll(counts, i -> now.count(Count.values()[i]));
        Arrays.setAll(traffic, i -> now.traffic(Traffic.values()[i]));
        Arrays.setAll(vitals, i -> now.vital(Vital.values()[i]));
        lookings = now.lookings();
    }

    @Override
    public long count(final Count count)
    {
        return counts[count.ordinal()];
    }

    @Override
    public long traffic(final Traffic kind)
    {
        return traffic[kind.ordinal()];
    }

    @Override
    public long vital(final Vital vital)
    {
        return vitals[vital.ordinal()];
    }

    @Override
    public long lookings()
    {
        return lookings;
    }
}
