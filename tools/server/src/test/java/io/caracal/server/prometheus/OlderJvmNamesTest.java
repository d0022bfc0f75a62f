/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OlderJvmNamesTest
{
    private final Map<String, MetricSnapshot> told = new OlderJvmNames().collect().stream()
        .collect(Collectors.toMap(each -> each.getMetadata().getName(), Function.identity()));

    /** A rule from ZooKeeper's guide: jvm_memory_bytes_used / jvm_memory_bytes_max{area="heap"} > 0.8. */
    @Test
    void shouldTellOfMemoryByAreaAndByPool()
    {
        for (final String part : List.of("used", "committed", "max", "init"))
        {
            assertEquals(List.of("heap", "nonheap"), labels("jvm_memory_bytes_" + part, "area"));
            assertFalse(labels("jvm_memory_pool_bytes_" + part, "pool").isEmpty());
        }
        assertEquals((double)Runtime.getRuntime().maxMemory(), bytes("jvm_memory_bytes_max"), Runtime.getRuntime()
            .maxMemory() * 0.2);
        assertTrue(bytes("jvm_memory_bytes_used") > 0);
        assertTrue(bytes("jvm_memory_bytes_used") <= bytes("jvm_memory_bytes_max"));
    }

    @Test
    void shouldTellOfTheRuntime()
    {
        assertEquals(List.of(System.getProperty("java.runtime.version")), labels("jvm", "version"));
    }

    private List<String> labels(final String name, final String label)
    {
        return told.get(name).getDataPoints().stream().map(DataPointSnapshot::getLabels)
            .map(labels -> labels.get(label)).toList();
    }

    private double bytes(final String name)
    {
        return ((GaugeSnapshot)told.get(name)).getDataPoints().get(0).getValue();
    }
}
