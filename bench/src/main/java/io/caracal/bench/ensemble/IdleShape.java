/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures what an ensemble without clients costs. */
record IdleShape() implements EnsembleShape
{
    private static final long DURATION_NS = TimeUnit.SECONDS.toNanos(10);

    @Override
    public String name()
    {
        return "idle";
    }

    @Override
    public String description(final EnsembleSettings settings)
    {
        return "processor time of all servers over 10 s without any client";
    }

    @Override
    public void measure(final List<LocalEnsemble> ensembles, final EnsembleRun run)
    {
        run.inTurns(this, ensembles,
            (ensemble, round) -> run.add(this, "cpu", ensemble.server(), "%", percent(ensemble)));
    }

    private static double percent(final LocalEnsemble ensemble)
    {
        final double beforeS = ensemble.processorS();
        final long startNs = System.nanoTime();
        for (long leftNs = DURATION_NS; leftNs > 0; leftNs = startNs + DURATION_NS - System.nanoTime())
        {
            LockSupport.parkNanos(leftNs);
        }

        return 100.0 * (ensemble.processorS() - beforeS) / ((System.nanoTime() - startNs) / 1e9);
    }
}
