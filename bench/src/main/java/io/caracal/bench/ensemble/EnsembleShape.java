/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.util.List;

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

    /**
     * Measures, in alternating rounds; every ensemble is whole before and afterwards.
     *
     * @param ensembles in the order of their turns.
     * @param run       parameters and results.
     */
    void measure(List<LocalEnsemble> ensembles, EnsembleRun run);
}
