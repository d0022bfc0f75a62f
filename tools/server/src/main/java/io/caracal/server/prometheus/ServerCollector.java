/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.prometheus;

import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.operator.codec.MemoryRecordDecoder;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.admin.AdminFacts;
import io.caracal.server.metrics.LatencyFigures;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.metrics.Operation;
import io.caracal.server.metrics.Stage;
import io.caracal.server.metrics.Summary;
import io.caracal.server.words.MonitorFigures;
import io.caracal.server.words.MonitorText;
import io.caracal.server.words.ServerStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Collects all figures of a server at one moment. ZooKeeper's names are kept. Its counters have no type here: otherwise
 * the library would append {@code _total} to their names, and existing dashboards would no longer find them.
 */
final class ServerCollector implements MultiCollector
{
    private static final double NS_PER_S = TimeUnit.SECONDS.toNanos(1);
    private static final MemoryTag[] TAGS = MemoryTag.values();
    private static final double[] QUANTILES = { 0.5, 0.9, 0.99 };
    private static final double PERCENT = 100;
    /** The label with which ZooKeeper tells the members of a set apart. */
    private static final String KEY = "key";

    private final AdminFacts facts;

    ServerCollector(final AdminFacts facts)
    {
        this.facts = facts;
    }

    @Override
    public MetricSnapshots collect()
    {
        final MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        final ServerStatus told = facts.engine().status();
        final ServerStatus status = facts.words().membership().isEnsemble() ? told.inEnsemble() : told;
        final MonitorText monitor = new MonitorText(facts.words(), facts.clock());
        monitor.figures(new ZooKeeperNames(snapshots), status, facts.engine().quotas(status));
        own(snapshots, status);
        return snapshots.build();
    }

    /** Receives the figures that ZooKeeper also has. */
    private static final class ZooKeeperNames implements MonitorFigures
    {
        private final MetricSnapshots.Builder snapshots;

        private ZooKeeperNames(final MetricSnapshots.Builder snapshots)
        {
            this.snapshots = snapshots;
        }

        @Override
        public boolean isSinceReset()
        {
            return false;
        }

        @Override
        public void gauge(final String key, final Object value)
        {
            if (value instanceof final Number number)
            {
                snapshots.metricSnapshot(
                    GaugeSnapshot.builder().name(key).dataPoint(ServerCollector.point(number.doubleValue()))
                        .build());
            }
        }

        @Override
        public void counter(final String key, final long value)
        {
            snapshots.metricSnapshot(UnknownSnapshot.builder().name(key)
                .dataPoint(UnknownSnapshot.UnknownDataPointSnapshot.builder().value((double)value).build()).build());
        }

        @Override
        public void summary(final String key, final Summary figures, final boolean hasPercentiles)
        {
            snapshots.metricSnapshot(SummarySnapshot.builder().name(key).dataPoint(point(Labels.EMPTY, figures,
                hasPercentiles)).build());
        }

        @Override
        public void gauges(final String key, final Map<String, Long> values)
        {
            final GaugeSnapshot.Builder points = GaugeSnapshot.builder().name(key);
            values.forEach((of, value) -> points.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value((double)value).labels(Labels.of(KEY, of)).build()));
            snapshots.metricSnapshot(points.build());
        }

        @Override
        public void counters(final String key, final Map<String, Long> counts)
        {
            final UnknownSnapshot.Builder points = UnknownSnapshot.builder().name(key);
            counts.forEach((of, count) -> points.dataPoint(UnknownSnapshot.UnknownDataPointSnapshot.builder()
                .value((double)count).labels(Labels.of(KEY, of)).build()));
            snapshots.metricSnapshot(points.build());
        }

        @Override
        public void summaries(final String key, final Map<String, Summary> figures, final boolean hasPercentiles)
        {
            final SummarySnapshot.Builder points = SummarySnapshot.builder().name(key);
            figures.forEach((of, summary) -> points.dataPoint(point(Labels.of(KEY, of), summary, hasPercentiles)));
            snapshots.metricSnapshot(points.build());
        }

        private static SummarySnapshot.SummaryDataPointSnapshot point(final Labels labels, final Summary figures,
            final boolean hasPercentiles)
        {
            final Quantiles.Builder quantiles = Quantiles.builder();
            final int wanted = hasPercentiles ? QUANTILES.length : 1;
            for (int i = 0; i < (figures.hasPercentiles() ? wanted : 0); i++)
            {
                quantiles.quantile(new Quantile(QUANTILES[i], figures.count() == 0 ? Double.NaN : (double)figures
                    .percentile(QUANTILES[i] * PERCENT)));
            }

            return SummarySnapshot.SummaryDataPointSnapshot.builder().count(figures.count()).sum((double)figures.sum())
                .quantiles(quantiles.build()).labels(labels).build();
        }
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot point(final double value)
    {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).build();
    }

    private void own(final MetricSnapshots.Builder snapshots, final ServerStatus status)
    {
        final MetricsView metrics = facts.words().metrics();
        gauge(snapshots, "caracal_serving", "1 while clients are answered", status.isServing() ? 1 : 0);
        gauge(snapshots, "caracal_writes_refused", "1 while the disk has no room", status.isWritesRefused() ? 1 : 0);
        gauge(snapshots, "caracal_quorum_lacks_room", "1 while no quorum has room on its disks, as the leader says",
            status.quorumLacksRoom() ? 1 : 0);
        gauge(snapshots, "caracal_tree_full", "1 while znodes take all the memory that they may take",
            (double)metrics.gauge(Gauge.TREE_FULL));
        gauge(snapshots, "caracal_tree_bytes", "native memory that znodes take", (double)metrics.gauge(
            Gauge.TREE_BYTES));
        gauge(snapshots, "caracal_tree_bytes_max", "native memory that znodes may take, 0 without a limit",
            (double)metrics.gauge(Gauge.TREE_BYTES_MAX));
        gauge(snapshots, "caracal_last_applied_zxid", "counter part of the last zxid applied", (double)(status.zxid() &
            0xFFFF_FFFFL));
        gauge(snapshots, "caracal_epoch", "established epoch", (double)status.currentEpoch());
        gauge(snapshots, "caracal_loop_stall_seconds", "longest turn of the loop since the figures were reset",
            metrics.gauge(Gauge.DUTY_CYCLE_MAX_NS) / NS_PER_S);
        gauge(snapshots, "caracal_loop_stall_cpu_seconds",
            "most processor time of a turn of the loop that took a millisecond or more, since the figures were reset",
            metrics.gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS) / NS_PER_S);
        gauge(snapshots, "caracal_outstanding_txns", "proposed and not yet applied",
            (double)metrics.gauge(Gauge.OUTSTANDING_TXNS));
        operations(snapshots, metrics);
        stages(snapshots, metrics);
        memory(snapshots, status);
    }

    private static void gauge(
        final MetricSnapshots.Builder snapshots, final String name, final String help, final double value)
    {
        snapshots.metricSnapshot(GaugeSnapshot.builder().name(name).help(help).dataPoint(point(value)).build());
    }

    private static void operations(final MetricSnapshots.Builder snapshots, final MetricsView metrics)
    {
        final HistogramSnapshot.Builder histogram = HistogramSnapshot.builder().name("caracal_operation_seconds")
            .help("from arrival to reply");
        for (final Operation operation : Operation.values())
        {
            final LatencyFigures figures = metrics.operation(operation);
            if (figures.count() > 0)
            {
                histogram.dataPoint(NativeHistogram.of(figures, Labels.of("operation", operation.label())));
            }
        }

        snapshots.metricSnapshot(histogram.build());
    }

    private static void stages(final MetricSnapshots.Builder snapshots, final MetricsView metrics)
    {
        final HistogramSnapshot.Builder histogram = HistogramSnapshot.builder().name("caracal_stage_seconds")
            .help("stretches of a transaction's road");
        for (final Stage stage : Stage.values())
        {
            histogram.dataPoint(NativeHistogram.of(metrics.stage(stage), Labels.of("stage", stage.label())));
        }

        histogram.dataPoint(NativeHistogram.of(metrics.forces(), Labels.of("stage", "force")));
        snapshots.metricSnapshot(histogram.build());
    }

    private void memory(final MetricSnapshots.Builder snapshots, final ServerStatus status)
    {
        final GaugeSnapshot.Builder bytes = GaugeSnapshot.builder().name("caracal_native_memory_bytes")
            .help("native memory of the engine");
        if (status.isServing())
        {
            facts.engine().read(OperatorQuery.MEMORY, (buffer, offset, length) ->
            {
                final MemoryRecordDecoder record = new MemoryRecordDecoder().wrapAndApplyHeader(buffer, offset,
                    new MessageHeaderDecoder());
                bytes.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().value((double)record.bytes()).labels(
                    Labels.of("tag", TAGS[record.tag()].name().toLowerCase(Locale.ROOT))).build());
            });
        }

        snapshots.metricSnapshot(bytes.build());
    }

    @Override
    public List<String> getPrometheusNames()
    {
        return List.of();
    }
}
