/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Metrics for Prometheus: a snapshot of all figures for each scrape, under ZooKeeper's names where ZooKeeper has one.
 * Nothing is counted here. Imports the admin package's access to the engine, the words and the metrics.
 * <p>
 * Begin with {@link io.caracal.server.prometheus.PrometheusServer}.
 */
package io.caracal.server.prometheus;
