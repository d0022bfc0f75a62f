/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.util.List;
import java.util.Optional;

/** One thing that is measured of ensembles that run side by side. */
interface EnsembleShape
{
    /** The word for it on the command line and in reports. */
    String name();

    /** What it is, in a line. */
    String description(EnsembleSettings settings);

    /** Options that it depends on beside those of every run, each after a space, to repeat it. */
    default String typed(final EnsembleSettings settings)
    {
        return "";
    }

    /** As {@link io.caracal.bench.run.Part#sizes()}, of this shape. */
    default Optional<String> size(final EnsembleSettings settings)
    {
        return Optional.empty();
    }

    /**
     * Measures, in alternating rounds; every ensemble is whole before and afterwards.
     *
     * @param ensembles in the order of their turns.
     * @param run       parameters and results.
     */
    void measure(List<LocalEnsemble> ensembles, EnsembleRun run);
}
