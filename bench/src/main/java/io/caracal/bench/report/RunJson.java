/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * Formats a run as JSON. Latencies are included twice: as percentiles for people and plots, and in HdrHistogram's own
 * compressed form in Base64, from which every other percentile can be computed.
 */
public final class RunJson
{
    private static final double NS_PER_US = 1e3;
    private static final double[] PERCENTILES = { 0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100 };

    private RunJson()
    {
    }

    /**
     * Returns the text.
     *
     * @param run to write.
     * @return an object, with a line break at its end.
     */
    public static String write(final Run run)
    {
        final Map<String, Object> root = new LinkedHashMap<>();
        root.put("machine", run.machine());
        root.put("servers", run.servers());
        root.put("parameters", run.parameters());
        root.put("command", run.command());
        root.put("shapes", run.shapes());
        root.put("figures", run.figures().all().stream().map(RunJson::figure).toList());
        root.put("latencies", run.figures().curves().stream().map(RunJson::curve).toList());
        root.put("series", run.figures().series().stream().map(RunJson::series).toList());
        root.put("facts", run.figures().facts());
        root.put("notes", run.figures().notes().stream().map(RunJson::note).toList());
        root.put("promises", run.verdicts().stream().map(Verdict::toString).toList());
        return Json.write(root);
    }

    private static Map<String, Object> figure(final Figure figure)
    {
        final Map<String, Object> map = head(figure.shape(), figure.server());
        map.put("figure", figure.metric());
        map.put("unit", figure.unit());
        map.put("median", figure.median());
        map.put("min", figure.min());
        map.put("max", figure.max());
        map.put("samples", figure.samples());
        return map;
    }

    private static Map<String, Object> curve(final Curve curve)
    {
        final Map<String, Object> map = head(curve.shape(), curve.server());
        map.put("count", curve.latencies().getTotalCount());
        final Map<String, Object> percentiles = new LinkedHashMap<>();
        for (final double percentile : PERCENTILES)
        {
            percentiles.put(Double.toString(percentile), curve.latencies().getValueAtPercentile(percentile) /
                NS_PER_US);
        }
        map.put("microseconds", percentiles);
        map.put("hdrhistogram", encoded(curve.latencies()));
        return map;
    }

    private static String encoded(final Histogram histogram)
    {
        final ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(buffer, Deflater.BEST_COMPRESSION);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    private static Map<String, Object> series(final Series series)
    {
        final Map<String, Object> map = head(series.shape(), series.server());
        map.put("figure", series.metric());
        map.put("x", series.x());
        map.put("y", series.y());
        final List<List<Double>> points = new ArrayList<>();
        series.points().forEach(point -> points.add(List.of(point.x(), point.y())));
        map.put("points", points);
        return map;
    }

    private static Map<String, Object> note(final Note note)
    {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("shape", note.shape());
        map.put("text", note.text());
        return map;
    }

    private static Map<String, Object> head(final String shape, final String server)
    {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("shape", shape);
        map.put("server", server);
        return map;
    }
}
