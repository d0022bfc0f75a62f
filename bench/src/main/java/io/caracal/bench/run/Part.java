/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.run;

import io.caracal.bench.report.Figures;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** Shapes that are measured together, and what their figures depend on. */
public interface Part
{
    /**
     * The servers that take part.
     *
     * @return version, settings and durability by the name they have in figures, for the report.
     */
    Map<String, String> servers();

    /**
     * Everything that was chosen or left to a default.
     *
     * @return text for the report.
     */
    String parameters();

    /**
     * The shapes that this run measures.
     *
     * @return what each measures and how to repeat it alone, by the name it has in figures; in their order.
     */
    Map<String, String> shapes();

    /**
     * How large that is which shapes measure, where it can be chosen and promises hold for one size only.
     *
     * @return the size in words, as promises name it, by the name of the shape; of some shapes or of none.
     */
    default Map<String, String> sizes()
    {
        return Map.of();
    }

    /**
     * Measures them, on servers that it starts and stops.
     *
     * @param figures  to add to, as soon as something is measured: also a run that fails is reported.
     * @param progress one line per step.
     * @throws IOException when a directory cannot be used.
     */
    void measure(Figures figures, Consumer<String> progress) throws IOException;
}
