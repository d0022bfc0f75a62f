/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

import io.caracal.bench.report.Figures;

/** Some shapes that are measured on the same running servers. */
interface Scenario
{
    /** What it measures: one line per shape, the name first. */
    List<String> shapes(CompareContext how);

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
