/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Compares ensembles of several processes side by side: rates, latencies, and what clients notice when the leader dies,
 * hangs, is stopped or cut off. May use {@code bench.fleet}, {@code bench.load}, {@code bench.report},
 * {@code bench.run} and {@code bench.servers}.
 * <p>
 * Begin with {@code EnsembleShape} and {@link io.caracal.bench.ensemble.EnsembleComparison}.
 */
package io.caracal.bench.ensemble;
