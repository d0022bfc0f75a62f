/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.caracal.bench.report.Figures;

/**
 * What is measured how, and what came of it so far.
 *
 * @param rounds    turns of each ensemble, for rates and latencies.
 * @param kills     changes of leader by each means.
 * @param warmUpMs  before each sample of a load.
 * @param durationMs of each sample of a load.
 * @param silenceMs after which the session of a leader that hangs goes to the next server.
 * @param missed    transactions that a follower misses before it catches up.
 * @param figures   to add to.
 * @param details   to add to, for the JSON file.
 * @param progress  one line per step.
 */
record EnsembleRun(int rounds, int kills, long warmUpMs, long durationMs, long silenceMs, long missed, Figures figures,
    List<Map<String, Object>> details, Consumer<String> progress)
{
    EnsembleRun(final int rounds, final int kills, final long warmUpMs, final long durationMs, final long silenceMs,
        final long missed, final Consumer<String> progress)
    {
        this(rounds, kills, warmUpMs, durationMs, silenceMs, missed, new Figures(), new ArrayList<>(), progress);
    }

    @Override
    public String toString()
    {
        return "rounds=" + rounds + " kills=" + kills + " warm-up=" + warmUpMs + "ms duration=" + durationMs +
            "ms silence=" + silenceMs + "ms missed=" + missed;
    }
}
