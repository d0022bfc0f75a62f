/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.ConnectionRecordDecoder;
import io.caracal.engine.operator.codec.DigestRecordDecoder;
import io.caracal.engine.operator.codec.EphemeralRecordDecoder;
import io.caracal.engine.operator.codec.LearnerRecordDecoder;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.SessionRecordDecoder;
import io.caracal.engine.operator.codec.WatchRecordDecoder;
import io.caracal.engine.operator.codec.WatchSummaryDecoder;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.config.Membership;
import io.caracal.server.config.ServerLine;
import io.caracal.server.metrics.Operation;
import io.caracal.server.words.OperatorCall;
import io.caracal.server.words.RecordText;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists of what the engine knows, as maps for JSON. An answer is held in memory, so it has at most
 * {@value #RECORDS_MAX} records and {@value #BYTES_MAX} bytes: clients decide how long the paths are. A longer one is
 * refused; the four-letter word of the same purpose sends it whole.
 */
final class EngineLists
{
    /** Maximum number of records in an answer. */
    static final int RECORDS_MAX = 500_000;
    /** Maximum length of all records of an answer in bytes. */
    static final int BYTES_MAX = 48 << 20;

    private final EngineReader engine;

    EngineLists(final EngineReader engine)
    {
        this.engine = engine;
    }

    private void read(final OperatorQuery query, final OperatorCall.RecordHandler handler)
    {
        final int[] count = new int[1];
        final long[] bytes = new long[1];
        engine.read(query, (buffer, offset, length) ->
        {
            bytes[0] += length;
            if (++count[0] > RECORDS_MAX)
            {
                throw new AnswerTooLongException(RECORDS_MAX + " entries");
            }
            if (bytes[0] > BYTES_MAX)
            {
                throw new AnswerTooLongException((BYTES_MAX >> 20) + " MB");
            }

            handler.onRecord(buffer, offset, length);
        });
    }

    List<Object> connections(final boolean isFull)
    {
        final List<Object> connections = new ArrayList<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final ConnectionRecordDecoder record = new ConnectionRecordDecoder();
        read(OperatorQuery.CONNECTIONS, (buffer, offset, length) -> connections
            .add(connection(record.wrapAndApplyHeader(buffer, offset, header), isFull)));
        return connections;
    }

    private static Map<String, Object> connection(final ConnectionRecordDecoder record, final boolean isFull)
    {
        final Map<String, Object> connection = new LinkedHashMap<>();
        final byte[] address = new byte[record.remoteAddressLength()];
        record.getRemoteAddress(address, 0, address.length);
        connection.put("remote_socket_address", text(RecordText.remote(address, record.remotePort())));
        connection.put("interest_ops", record.interestOps());
        connection.put("outstanding_requests", record.queued());
        connection.put("packets_received", record.received());
        connection.put("packets_sent", record.sent());
        if (isFull)
        {
            connection.put("session_id", record.sessionId());
            connection.put("last_operation", Operation.of(record.lastOpCode()).letters());
            connection.put("established", record.establishedMs());
            connection.put("session_timeout", record.timeoutMs());
            connection.put("last_cxid", record.lastCxid());
            connection.put("last_zxid", record.lastZxid());
            connection.put("last_response_time", record.lastResponseMs());
            connection.put("last_latency", record.lastLatencyMs());
            connection.put("min_latency", record.minLatencyMs());
            connection.put("avg_latency", record.countLatency() == 0 ? 0 : record.sumLatencyMs() /
                record.countLatency());
            connection.put("max_latency", record.maxLatencyMs());
        }

        return connection;
    }

    /** Returns the session ids by the wall-clock tick at which they expire. */
    Map<Long, List<Long>> sessionsByExpiry(final int tickMs)
    {
        final Map<Long, List<Long>> sessions = new TreeMap<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final SessionRecordDecoder record = new SessionRecordDecoder();
        final long nowMs = System.currentTimeMillis();
        read(OperatorQuery.SESSIONS, (buffer, offset, length) ->
        {
            record.wrapAndApplyHeader(buffer, offset, header);
            final long tick = (nowMs + record.expiresInMs() + tickMs / 2) / tickMs * tickMs;
            sessions.computeIfAbsent(tick, key -> new ArrayList<>()).add(record.sessionId());
        });
        return sessions;
    }

    Map<Long, List<String>> ephemerals()
    {
        final Map<Long, List<String>> paths = new LinkedHashMap<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final EphemeralRecordDecoder record = new EphemeralRecordDecoder();
        read(OperatorQuery.EPHEMERALS, (buffer, offset, length) ->
        {
            record.wrapAndApplyHeader(buffer, offset, header);
            paths.computeIfAbsent(record.sessionId(), key -> new ArrayList<>())
                .add(RecordText.path(record.pathLength(), record::getPath));
        });
        return paths;
    }

    private static String text(final InetSocketAddress address)
    {
        final String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    Map<Long, List<String>> watchesBySession()
    {
        final Map<Long, List<String>> paths = new LinkedHashMap<>();
        watches(OperatorQuery.WATCHES_BY_SESSION, (session, path) -> paths.computeIfAbsent(session,
            key -> new ArrayList<>()).add(path));
        return paths;
    }

    Map<String, List<Long>> watchesByPath()
    {
        final Map<String, List<Long>> sessions = new LinkedHashMap<>();
        watches(OperatorQuery.WATCHES_BY_PATH, (session, path) -> sessions.computeIfAbsent(path,
            key -> new ArrayList<>()).add(session));
        return sessions;
    }

    /** Receives watches. */
    @FunctionalInterface
    private interface WatchHandler
    {
        void onWatch(long sessionId, String path);
    }

    private void watches(final OperatorQuery query, final WatchHandler handler)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final WatchRecordDecoder record = new WatchRecordDecoder();
        read(query, (buffer, offset, length) ->
        {
            record.wrapAndApplyHeader(buffer, offset, header);
            handler.onWatch(record.sessionId(), RecordText.path(record.pathLength(), record::getPath));
        });
    }

    void watchSummary(final Map<String, Object> answer)
    {
        read(OperatorQuery.WATCH_SUMMARY, (buffer, offset, length) ->
        {
            final WatchSummaryDecoder record = new WatchSummaryDecoder().wrapAndApplyHeader(buffer, offset,
                new MessageHeaderDecoder());
            answer.put("num_connections", record.connections());
            answer.put("num_paths", record.paths());
            answer.put("num_total_watches", record.watches());
        });
    }

    List<Object> digests()
    {
        final List<Object> digests = new ArrayList<>();
        read(OperatorQuery.DIGESTS, (buffer, offset, length) ->
        {
            final DigestRecordDecoder record = new DigestRecordDecoder().wrapAndApplyHeader(buffer, offset,
                new MessageHeaderDecoder());
            final Map<String, Object> digest = new LinkedHashMap<>();
            digest.put("zxid", record.zxid());
            digest.put("digest_version", record.version());
            digest.put("digest", record.digest());
            digests.add(digest);
        });
        return digests;
    }

    /** Returns the observers of a leader. Streams between servers have neither a queue nor packet counters. */
    List<Object> observers(final Membership membership)
    {
        final List<Object> observers = new ArrayList<>();
        read(OperatorQuery.LEARNERS, (buffer, offset, length) ->
        {
            final LearnerRecordDecoder record = new LearnerRecordDecoder().wrapAndApplyHeader(buffer, offset,
                new MessageHeaderDecoder());
            if (record.voter() == BooleanType.F)
            {
                final ServerLine line = membership.server(record.serverId());
                final Map<String, Object> observer = new LinkedHashMap<>();
                observer.put("remote_socket_address", "/" + line.quorumAddress());
                observer.put("sid", record.serverId());
                observer.put("last_zxid", "0x" + Long.toHexString(record.ackedZxid()));
                observers.add(observer);
            }
        });
        return observers;
    }
}
