/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Shortens a failing program: drops runs of steps, then single requests, as long as the servers still differ. */
final class Minimizer
{
    private static final int ATTEMPTS_MAX = 300;

    private final Duel duel;
    private int attempts;

    Minimizer(final Duel duel)
    {
        this.duel = duel;
    }

    Duel.Divergence minimize(final Duel.Divergence found) throws IOException
    {
        Duel.Divergence best = found;
        int chunk = Math.max(1, found.program().steps().size() / 2);

        while (attempts < ATTEMPTS_MAX)
        {
            final Duel.Divergence shorter = withoutChunk(best, chunk);

            if (shorter != null)
            {
                best = shorter;
            }
            else if (chunk > 1)
            {
                chunk /= 2;
            }
            else
            {
                return best;
            }
        }

        return best;
    }

    private Duel.Divergence withoutChunk(final Duel.Divergence best, final int chunk) throws IOException
    {
        final List<Step> steps = best.program().steps();

        for (int from = 0; from < steps.size() && attempts < ATTEMPTS_MAX; from += chunk)
        {
            final List<Step> fewer = new ArrayList<>(steps.subList(0, from));
            fewer.addAll(steps.subList(Math.min(steps.size(), from + chunk), steps.size()));
            attempts++;
            final Duel.Divergence divergence = duel.perform(best.program().with(fewer));

            if (divergence != null)
            {
                return divergence;
            }
        }

        return null;
    }
}
