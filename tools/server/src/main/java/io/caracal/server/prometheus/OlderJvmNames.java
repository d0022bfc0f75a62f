/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.prometheus;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Figures of the JVM under ZooKeeper's names, which the metrics library has since given up. Alert rules and dashboards
 * made for ZooKeeper ask for them. Only {@code jvm_classes_loaded} is missing, because the library takes it for the
 * name of its counter {@code jvm_classes_loaded_total}.
 */
final class OlderJvmNames implements MultiCollector
{
    private static final Map<String, ToLongFunction<MemoryUsage>> PARTS = Map.of("used", MemoryUsage::getUsed,
        "committed", MemoryUsage::getCommitted, "max", MemoryUsage::getMax, "init", MemoryUsage::getInit);

    @Override
    public MetricSnapshots collect()
    {
        final MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        PARTS.forEach((part, bytes) ->
        {
            snapshots.metricSnapshot(areas(part, bytes));
            snapshots.metricSnapshot(pools(part, bytes));
        });

        return snapshots.metricSnapshot(runtime()).build();
    }

    private static GaugeSnapshot areas(final String part, final ToLongFunction<MemoryUsage> bytes)
    {
        return GaugeSnapshot.builder().name("jvm_memory_bytes_" + part).help("bytes " + part + " of an area of memory")
            .dataPoint(point("area", "heap", bytes.applyAsLong(ManagementFactory.getMemoryMXBean()
                .getHeapMemoryUsage())))
            .dataPoint(point("area", "nonheap", bytes.applyAsLong(ManagementFactory.getMemoryMXBean()
                .getNonHeapMemoryUsage())))
            .build();
    }

    private static GaugeSnapshot pools(final String part, final ToLongFunction<MemoryUsage> bytes)
    {
        final GaugeSnapshot.Builder pools = GaugeSnapshot.builder().name("jvm_memory_pool_bytes_" + part)
            .help("bytes " + part + " of a pool of memory");
        for (final MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans())
        {
            final MemoryUsage usage = pool.getUsage();
            if (usage != null)
            {
                pools.dataPoint(point("pool", pool.getName(), bytes.applyAsLong(usage)));
            }
        }

        return pools.build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot point(final String label, final String of, final long bytes)
    {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder().value((double)bytes).labels(Labels.of(label, of)).build();
    }

    /** Exposed as {@code jvm_info}. */
    private static InfoSnapshot runtime()
    {
        return InfoSnapshot.builder().name("jvm").help("the JVM").dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
            .labels(Labels.of("version", property("java.runtime.version"), "vendor", property("java.vm.vendor"),
                "runtime", property("java.runtime.name")))
            .build()).build();
    }

    private static String property(final String key)
    {
        return System.getProperty(key, "unknown");
    }

    @Override
    public List<String> getPrometheusNames()
    {
        return List.of();
    }
}
