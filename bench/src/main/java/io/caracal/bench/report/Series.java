/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Points of one server along an axis: figures over time, or one figure against another.
 *
 * @param shape  what was measured.
 * @param metric which figure of the shape.
 * @param server that was measured.
 * @param x      what the horizontal axis shows, with its unit in parentheses.
 * @param y      what the vertical axis shows, with its unit in parentheses.
 * @param points in the order in which they were taken; at least one.
 */
public record Series(String shape, String metric, String server, String x, String y, List<Point> points)
{
    /**
     * One point.
     *
     * @param x along the horizontal axis.
     * @param y along the vertical axis.
     */
    public record Point(double x, double y)
    {
    }

    /** Copies the points. */
    public Series
    {
        points = List.copyOf(points);
        if (points.isEmpty())
        {
            throw new IllegalArgumentException("a series has at least one point");
        }
    }

    /** Whether another series is of the same figure of the same server. */
    boolean isContinuedBy(final Series other)
    {
        return shape.equals(other.shape) && metric.equals(other.metric) && server.equals(other.server);
    }

    /** Returns this series with further points. */
    Series and(final List<Point> more)
    {
        final List<Point> all = new ArrayList<>(points);
        all.addAll(more);
        return new Series(shape, metric, server, x, y, all);
    }
}
