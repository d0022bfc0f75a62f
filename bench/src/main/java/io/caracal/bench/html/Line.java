/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import io.caracal.bench.report.Series.Point;
import java.util.List;

/**
 * One line of a plot.
 *
 * @param server that the line is about; determines the color and appears in the legend.
 * @param points from left to right.
 */
record Line(String server, List<Point> points)
{
}
