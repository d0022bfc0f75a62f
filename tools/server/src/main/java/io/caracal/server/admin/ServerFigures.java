/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.port.Count;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.metrics.LatencyFigures;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.metrics.ProposalSizes;
import io.caracal.server.words.DirectorySize;
import io.caracal.server.words.ServerStatus;
import io.caracal.server.words.WordFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Answers the commands {@code server_stats} and {@code stats}. */
final class ServerFigures
{
    private static final int NOT_KEPT = -1;

    private final AdminFacts facts;
    private final WordFacts words;

    ServerFigures(final AdminFacts facts)
    {
        this.facts = facts;
        this.words = facts.words();
    }

    void serverStats(final Map<String, Object> answer, final ServerStatus status)
    {
        answer.put("version", words.version());
        answer.put("read_only", false);
        answer.put("server_stats", traffic(status));
        answer.put("client_response", buffers(NOT_KEPT, NOT_KEPT, NOT_KEPT));
        if ("leader".equals(status.mode()))
        {
            final ProposalSizes sizes = words.metrics().proposalSizes();
            answer.put("proposal_stats", buffers(sizes.last(), sizes.min(), sizes.max()));
        }

        answer.put("node_count", status.znodes());
    }

    private static Map<String, Object> buffers(final long last, final long min, final long max)
    {
        final Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("last_buffer_size", last);
        sizes.put("min_buffer_size", min);
        sizes.put("max_buffer_size", max);
        return sizes;
    }

    private Map<String, Object> traffic(final ServerStatus status)
    {
        final MetricsView metrics = words.metrics();
        final LatencyFigures latency = metrics.requests();
        final Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("packets_sent", metrics.packetsSent());
        stats.put("packets_received", metrics.packetsReceived());
        stats.put("fsync_threshold_exceed_count", metrics.forces()
            .countAbove(TimeUnit.MILLISECONDS.toNanos(words.settings().integer(ServerProperty.FSYNC_WARNING))));
        stats.put("client_response_stats", buffers(NOT_KEPT, NOT_KEPT, NOT_KEPT));
        stats.put("data_dir_size", DirectorySize.of(words.dataDir()));
        stats.put("log_dir_size", DirectorySize.of(words.dataLogDir()));
        stats.put("provider_null", false);
        stats.put("last_processed_zxid", status.zxid());
        stats.put("outstanding_requests", status.outstanding());
        stats.put("server_state", status.mode());
        stats.put("avg_latency", latency.meanMs());
        stats.put("max_latency", latency.maxMs());
        stats.put("min_latency", latency.minMs());
        stats.put("num_alive_client_connections", metrics.openConnections());
        stats.put("uptime", TimeUnit.NANOSECONDS.toMillis(facts.clock().nanoTime() - words.startTimeNs()));
        stats.put("auth_failed_count", metrics.count(Count.AUTH_FAILED));
        stats.put("non_mtlsremote_conn_count", 0);
        stats.put("non_mtlslocal_conn_count", 0);
        return stats;
    }
}
