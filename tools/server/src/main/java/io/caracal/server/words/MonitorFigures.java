/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.server.metrics.Summary;
import java.util.Map;

/** Receives the figures that ZooKeeper's monitoring knows, each by its kind. */
public interface MonitorFigures
{
    /**
     * A value that goes up and down, or a text.
     *
     * @param key   without prefix.
     * @param value number or text.
     */
    void gauge(String key, Object value);

    /**
     * A count since the server started.
     *
     * @param key   without prefix.
     * @param value zero or more.
     */
    void counter(String key, long value);

    /**
     * Latencies in milliseconds, or other numbers.
     *
     * @param key            without prefix.
     * @param figures        of them.
     * @param hasPercentiles whether ZooKeeper shows several percentiles.
     */
    void summary(String key, Summary figures, boolean hasPercentiles);

    /**
     * Values of several things of one kind that go up and down.
     *
     * @param key    without prefix.
     * @param values by what they are about.
     */
    void gauges(String key, Map<String, Long> values);

    /**
     * Counts of several things of one kind.
     *
     * @param key    without prefix.
     * @param counts by what is counted.
     */
    void counters(String key, Map<String, Long> counts);

    /**
     * Figures of several things of one kind.
     *
     * @param key            without prefix.
     * @param figures        by what they are about.
     * @param hasPercentiles whether ZooKeeper shows several percentiles.
     */
    void summaries(String key, Map<String, Summary> figures, boolean hasPercentiles);
}
