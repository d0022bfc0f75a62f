/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Ensembles of several processes side by side: rates, latencies, and what clients notice when the leader dies, hangs or
 * is stopped. May use {@code bench.compare}, {@code bench.load} and {@code bench.report}.
 * <p>
 * Begin with {@code EnsembleShape} and {@link io.caracal.bench.ensemble.EnsembleComparison}.
 */
package io.caracal.bench.ensemble;
