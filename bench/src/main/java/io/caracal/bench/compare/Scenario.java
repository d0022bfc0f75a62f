/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

import io.caracal.bench.report.Figures;

/** Some shapes that are measured on the same running servers. */
interface Scenario
{
    /** What each of its shapes measures and how to repeat it alone, by name, in their order. */
    Map<String, String> shapes(CompareContext how);

    /** As {@link io.caracal.bench.run.Part#sizes()}, of its shapes. */
    default Map<String, String> sizes(final CompareContext how)
    {
        return Map.of();
    }

    /**
     * Measures the shapes that are wanted, on servers that it starts and stops.
     *
     * @param how      parameters.
     * @param figures  to add to.
     * @param progress one line per step.
     * @throws IOException when a directory cannot be used.
     */
    void run(CompareContext how, Figures figures, Consumer<String> progress) throws IOException;
}
