/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import java.util.ArrayList;
import java.util.List;

/** A logarithmic axis of whole decades, on which equal factors are equal distances. */
final class LogScale implements Scale
{
    private final int from;
    private final int to;

    /**
     * Creates an axis from the decade at or below the smallest value to the one at or above the largest. Both values
     * are above zero.
     */
    LogScale(final double min, final double max)
    {
        from = (int)Math.floor(Math.log10(min));
        to = Math.max(from + 1, (int)Math.ceil(Math.log10(max)));
    }

    @Override
    public double place(final double value)
    {
        return (Math.log10(value) - from) / (to - from);
    }

    @Override
    public List<Tick> ticks()
    {
        final List<Tick> ticks = new ArrayList<>();
        for (int decade = from; decade <= to; decade++)
        {
            final double value = Math.pow(10, decade);
            ticks.add(new Tick(value, Quantity.brief(value)));
        }

        return ticks;
    }
}
