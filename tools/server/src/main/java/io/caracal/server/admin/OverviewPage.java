/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.LearnerRecordDecoder;
import io.caracal.engine.operator.codec.MemoryRecordDecoder;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.config.ServerLine;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.http.HttpDoor;
import io.caracal.server.http.Page;
import io.caracal.server.http.Reply;
import io.caracal.server.http.Request;
import io.caracal.server.metrics.LatencyWindow;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.words.DirectorySize;
import io.caracal.server.words.ServerStatus;
import io.caracal.server.words.WordFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Answers everything that the overview of the dashboard shows, in one JSON object. */
final class OverviewPage implements Page
{
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    /** Maximum number of slow requests in the overview; the command returns all that are remembered. */
    private static final int SLOW_MAX = 20;
    private static final MemoryTag[] TAGS = MemoryTag.values();
    private static final double NS_PER_US = TimeUnit.MICROSECONDS.toNanos(1);

    private final AdminFacts facts;
    private final WordFacts words;
    private final LatencyWindow window;
    private final LatencyLists latencies;

    OverviewPage(final AdminFacts facts, final LatencyWindow window)
    {
        this.facts = facts;
        this.words = facts.words();
        this.window = window;
        this.latencies = new LatencyLists(words.metrics());
    }

    @Override
    public Reply answer(final Request request)
    {
        try
        {
            return json(OK, overview());
        }
        catch (final NoAnswerException ex)
        {
            return json(UNAVAILABLE, Map.of("error", ex.getMessage()));
        }
    }

    static Reply json(final int status, final Map<String, Object> answer)
    {
        return Reply.of(status, "application/json", HttpDoor.utf8(Json.of(answer)));
    }

    private Map<String, Object> overview()
    {
        final ServerStatus told = facts.engine().status();
        final ServerStatus status = words.membership().isEnsemble() ? told.inEnsemble() : told;
        final Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("server", server(status));
        answer.put("members", members(status));
        answer.put("counts", counts(status));
        answer.put("operations", latencies.operations());
        answer.put("stages", latencies.stages());
        answer.put("recent", LatencyLists.recent(window.view(facts.clock().nanoTime())));
        answer.put("slow", SlowList.of(facts.slow().latest(), SLOW_MAX));
        answer.put("slowMs", words.settings().integer(ServerProperty.SLOW_REQUEST));
        answer.put("paths", HotPathList.of(facts.paths()));
        answer.put("memory", memory(status));
        answer.put("disk", disk(status));
        return answer;
    }

    private Map<String, Object> server(final ServerStatus status)
    {
        final Map<String, Object> server = new LinkedHashMap<>();
        server.put("id", words.serverId());
        server.put("version", words.version());
        server.put("role", status.mode());
        server.put("serving", status.isServing());
        server.put("writesRefused", status.isWritesRefused());
        server.put("quorumLacksRoom", status.quorumLacksRoom());
        server.put("treeFull", words.metrics().gauge(Gauge.TREE_FULL) == 1);
        server.put("missingFile", facts.missingFile().get());
        server.put("standstill", status.standstill());
        server.put("zxid", "0x" + Long.toHexString(status.zxid()));
        server.put("acceptedEpoch", status.acceptedEpoch());
        server.put("currentEpoch", status.currentEpoch());
        server.put("leader", status.leader());
        server.put("uptimeMs", TimeUnit.NANOSECONDS.toMillis(facts.clock().nanoTime() - words.startTimeNs()));
        server.put("longestLoopUs", words.metrics().gauge(Gauge.DUTY_CYCLE_MAX_NS) / NS_PER_US);
        server.put("longestLoopCpuUs", words.metrics().gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS) / NS_PER_US);
        return server;
    }

    /** Returns all members of the ensemble. Only the leader knows how far the others are. */
    private List<Object> members(final ServerStatus status)
    {
        final Map<Long, Map<String, Object>> members = new TreeMap<>();
        for (final ServerLine line : words.membership().servers())
        {
            final Map<String, Object> member = new LinkedHashMap<>();
            member.put("id", line.serverId());
            member.put("address", line.quorumAddress());
            member.put("observer", line.isObserver());
            member.put("self", line.serverId() == words.serverId());
            member.put("leader", line.serverId() == status.leader());
            member.put("state", line.serverId() == words.serverId() ? status.mode() : line.serverId() == status
                .leader() ? "leader" : "leader".equals(status.mode()) ? "not attached" : "ask the leader");
            members.put(line.serverId(), member);
        }
        if (status.isServing())
        {
            learners(members);
        }

        return new ArrayList<>(members.values());
    }

    private void learners(final Map<Long, Map<String, Object>> members)
    {
        facts.engine().read(OperatorQuery.LEARNERS, (buffer, offset, length) ->
        {
            final LearnerRecordDecoder record = new LearnerRecordDecoder().wrapAndApplyHeader(buffer, offset,
                new MessageHeaderDecoder());
            final Map<String, Object> member = members.get(record.serverId());
            if (member != null)
            {
                member.put("state", record.phase().name().toLowerCase(Locale.ROOT));
                member.put("snapshot", record.getsSnapshot() == BooleanType.T);
                member.put("zxid", "0x" + Long.toHexString(record.ackedZxid()));
                member.put("behind", Math.max(0, record.proposedZxid() - record.ackedZxid()));
                member.put("silentMs", record.silentMs());
                member.put("sent", record.sent());
                member.put("progress", record.progress());
            }
        });
    }

    private Map<String, Object> counts(final ServerStatus status)
    {
        final MetricsView metrics = words.metrics();
        final Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("received", metrics.count(Count.PACKETS_RECEIVED));
        counts.put("sent", metrics.count(Count.PACKETS_SENT));
        counts.put("commits", metrics.count(Count.COMMITS));
        counts.put("expired", metrics.count(Count.SESSIONS_EXPIRED));
        counts.put("connections", metrics.openConnections());
        counts.put("sessions", status.sessions());
        counts.put("znodes", status.znodes());
        counts.put("ephemerals", status.ephemerals());
        counts.put("watches", status.watches());
        counts.put("outstanding", status.outstanding());
        counts.put("dataBytes", status.dataSize());
        return counts;
    }

    private Map<String, Object> memory(final ServerStatus status)
    {
        final Map<String, Object> memory = new LinkedHashMap<>();
        if (status.isServing())
        {
            facts.engine().read(OperatorQuery.MEMORY, (buffer, offset, length) ->
            {
                final MemoryRecordDecoder record = new MemoryRecordDecoder().wrapAndApplyHeader(buffer, offset,
                    new MessageHeaderDecoder());
                memory.put(TAGS[record.tag()].name().toLowerCase(Locale.ROOT), record.bytes());
            });
        }

        memory.put("tree in use", words.metrics().gauge(Gauge.TREE_BYTES));
        final long treeMax = words.metrics().gauge(Gauge.TREE_BYTES_MAX);
        if (treeMax > 0)
        {
            memory.put("limit of the tree", treeMax);
        }
        final Runtime runtime = Runtime.getRuntime();
        memory.put("java heap", runtime.totalMemory() - runtime.freeMemory());
        return memory;
    }

    private Map<String, Object> disk(final ServerStatus status)
    {
        final Map<String, Object> disk = new LinkedHashMap<>();
        disk.put("dataDir", words.dataDir());
        disk.put("dataBytes", DirectorySize.of(words.dataDir()));
        disk.put("logDir", words.dataLogDir());
        disk.put("logBytes", DirectorySize.of(words.dataLogDir()));
        disk.put("freeBytes", words.dataLogDir().toFile().getUsableSpace());
        disk.put("snapshotZxid",
            status.lastSnapshotZxid() < 0 ? null : "0x" + Long.toHexString(status.lastSnapshotZxid()));
        disk.put("snapshotTimeMs", status.lastSnapshotTimeMs());
        disk.put("snapshotRunning", words.metrics().gauge(Gauge.SNAPSHOT_RUNNING) == 1);
        return disk;
    }
}
