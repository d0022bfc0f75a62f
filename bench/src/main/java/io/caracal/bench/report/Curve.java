/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import org.HdrHistogram.Histogram;

/**
 * All latencies of one shape on one server.
 *
 * @param shape     what was measured.
 * @param server    that was measured.
 * @param latencies in nanoseconds, of all rounds together; owned by the caller.
 */
public record Curve(String shape, String server, Histogram latencies)
{
}
