/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

import io.caracal.bench.report.Figures;

/** A group of shapes that are measured together, on servers that the scenario starts. */
interface Scenario
{
    /** Returns what each shape measures and how to repeat it alone, by name, in the order of measurement. */
    Map<String, String> shapes(CompareContext how);

    /** As {@link io.caracal.bench.run.Part#sizes()}, for the shapes of this scenario. */
    default Map<String, String> sizes(final CompareContext how)
    {
        return Map.of();
    }

    /**
     * Measures the wanted shapes, on servers that it starts and stops.
     *
     * @param how      parameters.
     * @param figures  to add to.
     * @param progress one line per step.
     * @throws IOException when a directory cannot be used.
     */
    void run(CompareContext how, Figures figures, Consumer<String> progress) throws IOException;
}
