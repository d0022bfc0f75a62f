/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import java.util.ArrayList;
import java.util.List;

/** An axis of percentiles, on which each further nine takes the same distance. */
final class NinesScale implements Scale
{
    private static final String[] LABELS = { "0", "90", "99", "99.9", "99.99", "99.999", "99.9999" };

    private final int nines;

    /** Creates an axis with as many nines as the number of samples can tell apart. */
    NinesScale(final long samples)
    {
        nines = Math.max(1, Math.min(LABELS.length - 1, (int)Math.ceil(Math.log10(Math.max(10.0, (double)samples)))));
    }

    @Override
    public double place(final double percentile)
    {
        return -Math.log10(1 - percentile / 100) / nines;
    }

    @Override
    public List<Tick> ticks()
    {
        final List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= nines; i++)
        {
            ticks.add(new Tick(percentile(i), LABELS[i]));
        }

        return ticks;
    }

    private static double percentile(final int nines)
    {
        return 100 * (1 - Math.pow(10, -nines));
    }
}
