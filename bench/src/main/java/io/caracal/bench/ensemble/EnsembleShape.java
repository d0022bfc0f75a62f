/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.util.List;
import java.util.Optional;

/** One kind of measurement of ensembles that run side by side. */
interface EnsembleShape
{
    /** Returns the name on the command line and, after a prefix, in reports. */
    String name();

    /** Describes the measurement in one line. */
    String description(EnsembleSettings settings);

    /**
     * Returns the options that it depends on beside those of every run, each after a space, so that it can be repeated.
     */
    default String typed(final EnsembleSettings settings)
    {
        return "";
    }

    /** As {@link io.caracal.bench.run.Part#sizes()}, for this shape. */
    default Optional<String> size(final EnsembleSettings settings)
    {
        return Optional.empty();
    }

    /**
     * Measures in alternating rounds. Every ensemble is whole before and afterwards.
     *
     * @param ensembles in the order of their turns.
     * @param run       parameters and results.
     */
    void measure(List<LocalEnsemble> ensembles, EnsembleRun run);
}
