/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Figures of a running server: counters in shared memory that outlive a hanging or killed process, latency histograms
 * on the heap, and the view of both that words and other readers use. Imports the ports of the engine.
 * <p>
 * Begin with {@link io.caracal.server.metrics.ServerMetrics} and {@link io.caracal.server.metrics.CountersFile}.
 */
package io.caracal.server.metrics;
