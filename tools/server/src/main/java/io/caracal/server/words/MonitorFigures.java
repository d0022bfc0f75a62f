/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.server.metrics.Summary;
import java.util.Map;

/** Receives the figures of ZooKeeper's monitoring, each kind by a method of its own. */
public interface MonitorFigures
{
    /**
     * Whether counters count since the figures were reset, as those of {@code mntr} do in ZooKeeper, or since the
     * server started, as those of Prometheus do.
     *
     * @return true: since the last reset.
     */
    boolean isSinceReset();

    /**
     * Receives a value that goes up and down, or a text.
     *
     * @param key   without prefix.
     * @param value number or text.
     */
    void gauge(String key, Object value);

    /**
     * Receives a count, see {@link #isSinceReset}.
     *
     * @param key   without prefix.
     * @param value zero or more.
     */
    void counter(String key, long value);

    /**
     * Receives a summary of latencies in milliseconds, or of other numbers.
     *
     * @param key            without prefix.
     * @param figures        the summary.
     * @param hasPercentiles whether ZooKeeper shows several percentiles.
     */
    void summary(String key, Summary figures, boolean hasPercentiles);

    /**
     * Receives values that go up and down, one for each of several things of one kind.
     *
     * @param key    without prefix.
     * @param values values by the name of the thing.
     */
    void gauges(String key, Map<String, Long> values);

    /**
     * Receives counts, one for each of several things of one kind.
     *
     * @param key    without prefix.
     * @param counts counts by the name of the thing.
     */
    void counters(String key, Map<String, Long> counts);

    /**
     * Receives summaries, one for each of several things of one kind.
     *
     * @param key            without prefix.
     * @param figures        summaries by the name of the thing.
     * @param hasPercentiles whether ZooKeeper shows several percentiles.
     */
    void summaries(String key, Map<String, Summary> figures, boolean hasPercentiles);
}
