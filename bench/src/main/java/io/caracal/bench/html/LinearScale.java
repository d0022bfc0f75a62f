/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import java.util.ArrayList;
import java.util.List;

/** From zero to a round value at or above the largest. */
final class LinearScale implements Scale
{
    private static final int STEPS_MAX = 6;
    private static final double[] ROUND = { 1, 2, 2.5, 5, 10 };

    private final double step;
    private final int steps;

    /** Up to a value; zero makes an axis to one. */
    LinearScale(final double max)
    {
        final double wanted = max > 0 ? max : 1;
        step = roundStep(wanted / STEPS_MAX);
        steps = (int)Math.max(1, Math.ceil(wanted / step - 1e-9));
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
        return value / (step * steps);
    }

    @Override
    public List<Tick> ticks()
    {
        final List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= steps; i++)
        {
            ticks.add(new Tick(i * step, Quantity.brief(i * step)));
        }

        return ticks;
    }
}
