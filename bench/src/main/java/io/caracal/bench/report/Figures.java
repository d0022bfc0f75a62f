/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All figures of a run, in the order in which they were first measured. Not thread-safe. */
public final class Figures
{
    private record Key(String shape, String metric, String server)
    {
    }

    private final Map<Key, List<Double>> samples = new LinkedHashMap<>();
    private final Map<Key, String> units = new LinkedHashMap<>();

    /**
     * Takes one sample.
     *
     * @param shape  what was measured.
     * @param metric which figure of it.
     * @param server whose.
     * @param unit   of the value.
     * @param value  the sample.
     */
    public void add(
        final String shape, final String metric, final String server, final String unit, final double value)
    {
        final Key key = new Key(shape, metric, server);
        samples.computeIfAbsent(key, ignored -> new ArrayList<>()).add(value);
        units.put(key, unit);
    }

    /**
     * Everything measured so far.
     *
     * @return a copy.
     */
    public List<Figure> all()
    {
        final List<Figure> all = new ArrayList<>();
        samples.forEach((key, values) -> all.add(
            new Figure(key.shape(), key.metric(), key.server(), units.get(key), values)));
        return all;
    }

    /**
     * One figure.
     *
     * @param shape  what was measured.
     * @param metric which figure of it.
     * @param server whose.
     * @return empty when it was not measured.
     */
    public Optional<Figure> find(final String shape, final String metric, final String server)
    {
        return all().stream()
            .filter(f -> f.shape().equals(shape) && f.metric().equals(metric) && f.server().equals(server))
            .findFirst();
    }
}
