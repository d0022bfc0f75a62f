/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

/** ZooKeeper's names of metrics providers, as far as they have a meaning here. */
public final class MetricsProvider
{
    /** The provider that opens the port of the metrics. */
    public static final String PROMETHEUS = "org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider";

    private MetricsProvider()
    {
    }

    /**
     * Whether the port of the metrics is to be opened.
     *
     * @param settings of the server.
     * @return true for the Prometheus provider, or when the port is set.
     */
    public static boolean opensPort(final Settings settings)
    {
        return settings.isSet(ServerProperty.METRICS_HTTP_PORT) ||
            PROMETHEUS.equals(settings.text(ServerProperty.METRICS_PROVIDER));
    }

    static boolean isKnown(final String className)
    {
        return PROMETHEUS.equals(className) || ServerProperty.METRICS_PROVIDER.defaultValue().equals(className) ||
            "org.apache.zookeeper.metrics.impl.NullMetricsProvider".equals(className);
    }
}
