/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.run;

import io.caracal.bench.report.Figures;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** A part of a run: shapes that are measured together, and what their figures depend on. */
public interface Part
{
    /**
     * Returns the servers that take part.
     *
     * @return version, settings and durability for the report, by the name of the server in figures.
     */
    Map<String, String> servers();

    /**
     * Returns all parameters, chosen or default.
     *
     * @return text for the report.
     */
    String parameters();

    /**
     * Returns the shapes that this run measures.
     *
     * @return what each shape measures and how to repeat it alone, by its name in figures, in the order of measurement.
     */
    Map<String, String> shapes();

    /**
     * Returns the sizes of the shapes whose size can be chosen and whose promises hold for one size only.
     *
     * @return the size in words, as promises name it, by the name of the shape; only for such shapes, possibly none.
     */
    default Map<String, String> sizes()
    {
        return Map.of();
    }

    /**
     * Measures the shapes, on servers that it starts and stops.
     *
     * @param figures  to add to as soon as something is measured, because a run that fails is reported as well.
     * @param progress one line per step.
     * @throws IOException when a directory cannot be used.
     */
    void measure(Figures figures, Consumer<String> progress) throws IOException;
}
