/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import com.sun.management.UnixOperatingSystemMXBean;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import io.caracal.server.metrics.LatencyFigures;
import io.caracal.server.metrics.MemberFigures;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.metrics.NamespaceFigures;
import io.caracal.server.metrics.Stage;
import io.caracal.server.metrics.Summary;
import io.caracal.server.metrics.Totals;
import io.caracal.server.metrics.Traffic;
import io.caracal.server.metrics.Vital;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.agrona.concurrent.NanoClock;

/**
 * Collects all figures of ZooKeeper's monitoring. For the word {@code mntr}, it writes them one per line as
 * {@code zk_key}, tab, value. Used by one thread at a time.
 */
public final class MonitorText
{
    private static final Map<String, ToLongFunction<Totals>> COUNTERS = Map.ofEntries(
        count("watch_bytes", Count.WATCH_BYTES),
        Map.entry("connection_rejected",
            view -> view.count(Count.CONNECTIONS_REJECTED) + view.traffic(Traffic.CONNECTIONS_OVER_LIMIT)),
        traffic("sessionless_connections_expired", Traffic.HANDSHAKES_TIMED_OUT),
        traffic("connection_drop_count", Traffic.CONNECTIONS_CLOSED),
        traffic("bytes_received_count", Traffic.BYTES_RECEIVED), traffic("response_bytes", Traffic.BYTES_SENT),
        count("commit_count", Count.COMMITS), count("proposal_count", Count.PROPOSALS),
        count("large_requests_rejected", Count.LARGE_REQUESTS_REJECTED),
        count("snapshot_error_count", Count.SNAPSHOTS_FAILED),
        count("connection_request_count", Count.CONNECTION_REQUESTS),
        count("stale_sessions_expired", Count.SESSIONS_EXPIRED),
        count("connection_revalidate_count", Count.SESSIONS_RESUMED),
        Map.entry("snapshot_rate_limited_count", view -> view.vital(Vital.SNAPSHOTS_TOO_SOON)),
        Map.entry("restore_rate_limited_count", view -> view.vital(Vital.RESTORES_TOO_SOON)),
        Map.entry("looking_count", Totals::lookings));

    private static final Map<String, Function<MetricsView, Summary>> SUMMARIES = Map.ofEntries(
        Map.entry("connection_token_deficit", MetricsView::tokenDeficits),
        Map.entry("fsynctime", view -> view.forces().inMs()),
        Map.entry("snapshottime", view -> view.snapshots().inMs()),
        Map.entry("readlatency", view -> view.reads().inMs()),
        Map.entry("updatelatency", view -> view.writes().inMs()),
        stage("prep_processor_queue_time_ms", Stage.RECEIVE), stage("prep_process_time", Stage.PREPARE),
        stage("sync_processor_queue_and_flush_time_ms", Stage.JOURNAL),
        stage("local_write_committed_time_ms", Stage.QUORUM), stage("write_final_proc_time_ms", Stage.APPLY),
        stage("propagation_latency", Stage.TXN),
        Map.entry("election_time", view -> view.roleTimes().elections()),
        Map.entry("unavailable_time", view -> view.roleTimes().absences()),
        Map.entry("leader_unavailable_time", view -> view.roleTimes().absencesEnded()));

    /** A standalone server has no elections, so these stay zero for it. */
    private static final Set<String> OF_ELECTIONS = Set.of("looking_count", "election_time", "unavailable_time",
        "leader_unavailable_time");

    private static final double PPM = 1e6;

    private final WordFacts facts;
    private final NanoClock clock;
    private final EnsembleText ensemble;
    private MonitorFigures target;

    /**
     * Creates an instance for a server.
     *
     * @param facts facts about the server.
     * @param clock monotonic; the one from which the server's start time was read.
     */
    public MonitorText(final WordFacts facts, final NanoClock clock)
    {
        this.facts = facts;
        this.clock = clock;
        this.ensemble = new EnsembleText(facts);
    }

    private static Map.Entry<String, ToLongFunction<Totals>> count(final String key, final Count count)
    {
        return Map.entry(key, view -> view.count(count));
    }

    private static Map.Entry<String, ToLongFunction<Totals>> traffic(final String key, final Traffic kind)
    {
        return Map.entry(key, view -> view.traffic(kind));
    }

    private static Map.Entry<String, Function<MetricsView, Summary>> stage(final String key, final Stage stage)
    {
        return Map.entry(key, view -> view.stage(stage).inMs());
    }

    void write(final StringBuilder text, final ServerStatus status, final QuotaFigures quotas)
    {
        lines((key, value) -> text.append("zk_").append(key).append('\t').append(value).append('\n'), status, quotas);
    }

    /**
     * Passes on all figures as single values; a summary becomes several.
     *
     * @param lines  receives each key, without prefix, and its value: a number or a text.
     * @param status of the engine.
     * @param quotas of the tree.
     */
    public void lines(final BiConsumer<String, Object> lines, final ServerStatus status, final QuotaFigures quotas)
    {
        figures(new FigureLines(lines), status, quotas);
    }

    /**
     * Passes on all figures.
     *
     * @param figures receives them.
     * @param status  of the engine.
     * @param quotas  of the tree.
     */
    public void figures(final MonitorFigures figures, final ServerStatus status, final QuotaFigures quotas)
    {
        target = figures;
        line("version", facts.version());
        line("server_state", status.mode());
        if (facts.membership().isEnsemble())
        {
            line("peer_state", EnsembleText.peerState(status));
            ensemble.figures(this::line, status);
        }
        gauges(status);
        for (final String key : MonitorKeys.COUNTERS)
        {
            target.counter(key, counted(key));
        }

        line("native_memory_bytes", facts.metrics().gauge(Gauge.NATIVE_BYTES));
        line("tree_bytes", facts.metrics().gauge(Gauge.TREE_BYTES));
        line("tree_bytes_max", facts.metrics().gauge(Gauge.TREE_BYTES_MAX));
        line("client_buffer_bytes", facts.bufferBytes().getAsLong());
        line("duty_cycle_max_us", TimeUnit.NANOSECONDS.toMicros(facts.metrics().gauge(Gauge.DUTY_CYCLE_MAX_NS)));
        line("duty_cycle_cpu_max_us",
            TimeUnit.NANOSECONDS.toMicros(facts.metrics().gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS)));
        ownFigures();
        MonitorKeys.SUMMARIES.forEach(key -> summary(key, false));
        MonitorKeys.DISTRIBUTIONS.forEach(key -> summary(key, true));
        namespaces();
        quotas.tell(target);
        members();
    }

    private void namespaces()
    {
        final Map<String, Summary> writes = new LinkedHashMap<>();
        final Map<String, Summary> reads = new LinkedHashMap<>();
        final Map<String, Long> quotaErrors = new LinkedHashMap<>();
        for (final NamespaceFigures namespace : facts.metrics().namespaces().figures())
        {
            putUsed(writes, namespace.name(), namespace.writes());
            putUsed(reads, namespace.name(), namespace.reads());
            if (namespace.quotaErrors() > 0)
            {
                quotaErrors.put(namespace.name(), namespace.quotaErrors());
            }
        }
        target.summaries("write_per_namespace", writes, false);
        target.summaries("read_per_namespace", reads, false);
        target.counters("quota_exceeded_error_per_namespace", quotaErrors);
    }

    /** Returns a count since the last reset, where the target wants it so. */
    private long counted(final String key)
    {
        final ToLongFunction<Totals> counter = COUNTERS.get(key);
        if (counter == null || !isMeasured(key))
        {
            return 0;
        }

        final long before = target.isSinceReset() ? counter.applyAsLong(facts.metrics().atReset()) : 0;
        return counter.applyAsLong(facts.metrics()) - before;
    }

    /** Passes on the figures of members. A standalone server has none, because it acknowledges to nobody. */
    private void members()
    {
        if (facts.membership().isEnsemble())
        {
            final Map<String, Summary> acks = new LinkedHashMap<>();
            final Map<String, Summary> waiting = new LinkedHashMap<>();
            final Map<String, Summary> waits = new LinkedHashMap<>();
            for (final MemberFigures.Member member : facts.metrics().members().figures())
            {
                final String id = Long.toString(member.serverId());
                putUsed(acks, id, member.acks().inMs());
                putUsed(waiting, id, member.waiting());
                putUsed(waits, id, member.waits().inMs());
            }
            target.summaries("ack_latency", acks, true);
            target.summaries("learner_handler_qp_size", waiting, false);
            target.summaries("learner_handler_qp_time_ms", waits, true);
        }
    }

    /** Adds figures if anything was counted, because ZooKeeper does not show empty ones. */
    private static void putUsed(final Map<String, Summary> figures, final String of, final Summary summary)
    {
        if (summary.count() > 0)
        {
            figures.put(of, summary);
        }
    }

    /** Passes on the figures for which ZooKeeper has no name. */
    private void ownFigures()
    {
        final MetricsView metrics = facts.metrics();
        micros("watch_delivery", metrics.watchDeliveries());
        micros("force", metrics.forces());
        for (final Stage stage : Stage.values())
        {
            micros(stage.label() + "_stage", metrics.stage(stage));
        }
        micros("loop_stall", metrics.stalls());
        line("parked_requests", metrics.gauge(Gauge.PARKED_REQUESTS));
        line("apply_delay_ms", metrics.gauge(Gauge.APPLY_DELAY_MS));
        line("links_up", metrics.vital(Vital.LINKS_UP));
        line("files_missing", metrics.vital(Vital.FILES_MISSING));
        line("link_generations", metrics.vital(Vital.LINK_GENERATIONS));
        for (final MemoryTag tag : MemoryTag.values())
        {
            line("native_bytes_" + tag.name().toLowerCase(Locale.ROOT),
                metrics.gauge(Gauge.valueOf(Gauge.NATIVE_BYTES + "_" + tag)));
        }
    }

    private void micros(final String key, final LatencyFigures figures)
    {
        line("cnt_" + key + "_us", figures.count());
        line("p50_" + key + "_us", TimeUnit.NANOSECONDS.toMicros(figures.percentileNs(50)));
        line("p99_" + key + "_us", TimeUnit.NANOSECONDS.toMicros(figures.percentileNs(99)));
        line("p999_" + key + "_us", TimeUnit.NANOSECONDS.toMicros(figures.percentileNs(99.9)));
        line("max_" + key + "_us", TimeUnit.NANOSECONDS.toMicros(figures.percentileNs(100)));
    }

    private void gauges(final ServerStatus status)
    {
        final MetricsView metrics = facts.metrics();
        final LatencyFigures latency = metrics.requests();
        line("ephemerals_count", status.ephemerals());
        line("num_alive_connections", metrics.openConnections());
        line("avg_latency", latency.meanMs());
        line("outstanding_requests", status.outstanding());
        line("znode_count", status.znodes());
        line("global_sessions", status.sessions());
        line("non_mtls_remote_conn_count", 0);
        line("last_client_response_size", -1);
        line("packets_sent", metrics.packetsSent());
        line("packets_received", metrics.packetsReceived());
        line("max_client_response_size", -1);
        line("connection_drop_probability", metrics.gauge(Gauge.CONNECTION_DROP_PPM) / PPM);
        line("watch_count", status.watches());
        line("auth_failed_count", metrics.count(Count.AUTH_FAILED));
        line("min_latency", latency.minMs());
        descriptors();
        line("approximate_data_size", status.dataSize());
        line("local_sessions", 0);
        line("uptime", TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - facts.startTimeNs()));
        line("max_latency", latency.maxMs());
        line("outstanding_tls_handshake", 0);
        line("min_client_response_size", -1);
        line("non_mtls_local_conn_count", 0);
    }

    private void descriptors()
    {
        final boolean isUnix =
            ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean;
        final UnixOperatingSystemMXBean system = isUnix ? (UnixOperatingSystemMXBean)ManagementFactory
            .getOperatingSystemMXBean() : null;
        line("max_file_descriptor_count", isUnix ? system.getMaxFileDescriptorCount() : -1);
        line("open_file_descriptor_count", isUnix ? system.getOpenFileDescriptorCount() : -1);
    }

    private void summary(final String key, final boolean hasPercentiles)
    {
        target.summary(key,
            isMeasured(key) ? SUMMARIES.getOrDefault(key, view -> Summary.NONE).apply(facts.metrics()) : Summary.NONE,
            hasPercentiles);
    }

    private boolean isMeasured(final String key)
    {
        return facts.membership().isEnsemble() || !OF_ELECTIONS.contains(key);
    }

    private void line(final String key, final Object value)
    {
        target.gauge(key, value);
    }
}
