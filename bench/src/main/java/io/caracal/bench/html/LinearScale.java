/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis. It begins at zero, or, if the smallest value is negative, at a round value not above it. It ends at a
 * round value not below the largest.
 */
final class LinearScale implements Scale
{
    private static final int STEPS_MAX = 6;
    private static final double[] ROUND = { 1, 2, 2.5, 5, 10 };

    private final double step;
    private final int steps;
    private final int first;

    /** Creates an axis from zero to at least {@code max}; if that is zero, to one. */
    LinearScale(final double max)
    {
        this(0, max);
    }

    /** Creates an axis from {@code min}, which is at most zero, to at least {@code max}; if that is zero, to one. */
    LinearScale(final double min, final double max)
    {
        final double wanted = max > 0 ? max : 1;
        step = roundStep(wanted / STEPS_MAX);
        first = (int)Math.floor(min / step + 1e-9);
        steps = (int)Math.max(1, Math.ceil(wanted / step - 1e-9)) - first;
    }

    private static double roundStep(final double atLeast)
    {
        final double decade = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (final double factor : ROUND)
        {
            if (factor * decade >= atLeast * (1 - 1e-9))
            {
                return factor * decade;
            }
        }

        return 10 * decade;
    }

    @Override
    public double place(final double value)
    {
        return (value / step - first) / steps;
    }

    @Override
    public List<Tick> ticks()
    {
        final List<Tick> ticks = new ArrayList<>();
        for (int i = first; i <= first + steps; i++)
        {
            ticks.add(new Tick(i * step, Quantity.brief(i * step)));
        }

        return ticks;
    }
}
