/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.BooleanType;
import io.caracal.engine.operator.codec.ConnectionRecordEncoder;
import io.caracal.engine.operator.codec.DigestRecordEncoder;
import io.caracal.engine.operator.codec.EphemeralRecordEncoder;
import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.operator.codec.ServerRole;
import io.caracal.engine.operator.codec.ServerStatusEncoder;
import io.caracal.engine.operator.codec.SessionRecordEncoder;
import io.caracal.engine.operator.codec.WatchRecordEncoder;
import io.caracal.engine.operator.codec.WatchSummaryEncoder;
import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers queries with prepared records, a few per duty cycle, and keeps a record that was refused for the next one.
 */
final class FakeEngine implements OperatorHandler
{
    private static final int RECORDS_PER_CYCLE = 50;

    private final class Open
    {
        private final OperatorQuery query;
        private final Iterator<byte[]> records;
        private byte[] refused;
        private boolean isBegun;

        private Open(final OperatorQuery query)
        {
            this.query = query;
            this.records = answers.getOrDefault(query, Stream::empty).get().iterator();
        }
    }

    final Map<OperatorQuery, Supplier<Stream<byte[]>>> answers = new EnumMap<>(OperatorQuery.class);
    final List<OperatorQuery> seen = new ArrayList<>();
    final Set<OperatorQuery> done = EnumSet.noneOf(OperatorQuery.class);
    final List<Long> cancelled = new ArrayList<>();
    boolean isServing = true;
    boolean isSilent;
    int queriesMax = Integer.MAX_VALUE;
    private final Map<Long, Open> open = new HashMap<>();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    @Override
    public boolean onQuery(final long queryId, final OperatorQuery query,
        final DirectBuffer details, final int offset, final int length)
    {
        if (open.size() >= queriesMax)
        {
            return false;
        }

        seen.add(query);
        open.put(queryId, new Open(query));
        return true;
    }

    @Override
    public void onCancel(final long queryId)
    {
        cancelled.add(queryId);
        open.remove(queryId);
    }

    void doWork(final OperatorPort port)
    {
        port.poll(this);
        if (!isSilent)
        {
            open.entrySet().removeIf(entry -> advance(port, entry.getKey(), entry.getValue()));
        }
    }

    private boolean advance(final OperatorPort port, final long queryId, final Open query)
    {
        if (!query.isBegun && !port.begin(queryId))
        {
            return true;
        }

        query.isBegun = true;
        done.add(query.query);
        if (!isServing && query.query != OperatorQuery.STATUS)
        {
            return port.complete(queryId, OperatorPort.NOT_SERVING);
        }

        for (int i = 0; i < RECORDS_PER_CYCLE; i++)
        {
            if (query.refused == null && !query.records.hasNext())
            {
                return port.complete(queryId, OperatorPort.OK);
            }

            final byte[] record = query.refused != null ? query.refused : query.records.next();
            view.wrap(record);
            query.refused = port.answer(queryId, view, 0, record.length) ? null : record;
            if (query.refused != null)
            {
                return false;
            }
        }

        return false;
    }

    byte[] status(final int sessions)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
        final ServerStatusEncoder record = new ServerStatusEncoder().wrapAndApplyHeader(buffer, 0,
            new MessageHeaderEncoder());
        record.role(ServerRole.STANDALONE).serving(isServing ? BooleanType.T : BooleanType.F)
            .writesRefused(BooleanType.F).lastAppliedZxid(0x100000004L).currentEpoch(1).znodeCount(7)
            .ephemeralCount(2).watchCount(4).approximateDataSize(52).sessionCount(sessions).connectionCount(2)
            .outstandingRequests(0).treeDigest(5).lastSnapshotZxid(-1).lastSnapshotTimeMs(-1)
            .acceptedEpoch(1).leader(1).leadingForMs(0).learners(0).syncedFollowers(0).syncedObservers(0)
            .syncedNonVoting(0).pendingSyncs(0).syncingLearners(0).syncSent(0).syncProgress(0)
            .quorumLacksRoom(BooleanType.F).obstacle((short)0).hinderer(-1);
        return bytes(buffer, record.limit());
    }

    static byte[] connection(final long sessionId, final int port, final int opCode, final long cxid)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
        final ConnectionRecordEncoder record = new ConnectionRecordEncoder().wrapAndApplyHeader(buffer, 0,
            new MessageHeaderEncoder());
        record.connectionId(port).sessionId(sessionId).remotePort(port).timeoutMs(10_000).queued(0).received(5).sent(5)
            .establishedMs(1_795_202_372_934L).lastOpCode(opCode).lastCxid(cxid).lastZxid(4).lastResponseMs(1_440_509)
            .lastLatencyMs(1).minLatencyMs(0).sumLatencyMs(25).countLatency(5).maxLatencyMs(13).interestOps(port %
                4 == 2 ? 1 : 5)
            .putRemoteAddress(new byte[]{ 127, 0, 0, 1 }, 0, 4);
        return bytes(buffer, record.limit());
    }

    static byte[] session(final long sessionId, final long expiresInMs)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
        final SessionRecordEncoder record = new SessionRecordEncoder().wrapAndApplyHeader(buffer, 0,
            new MessageHeaderEncoder());
        record.sessionId(sessionId).timeoutMs(10_000).expiresInMs(expiresInMs);
        return bytes(buffer, record.limit());
    }

    static byte[] ephemeral(final long sessionId, final String path)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
        final EphemeralRecordEncoder record = new EphemeralRecordEncoder().wrapAndApplyHeader(buffer, 0,
            new MessageHeaderEncoder());
        final byte[] text = path.getBytes(StandardCharsets.UTF_8);
        record.sessionId(sessionId).putPath(text, 0, text.length);
        return bytes(buffer, record.limit());
    }

    static byte[] watch(final long sessionId, final String path)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
        final WatchRecordEncoder record = new WatchRecordEncoder().wrapAndApplyHeader(buffer, 0,
            new MessageHeaderEncoder());
        final byte[] text = path.getBytes(StandardCharsets.UTF_8);
        record.sessionId(sessionId).putPath(text, 0, text.length);
        return bytes(buffer, record.limit());
    }

    static byte[] watchSummary(final long connections, final long paths, final long watches)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
        final WatchSummaryEncoder record = new WatchSummaryEncoder().wrapAndApplyHeader(buffer, 0,
            new MessageHeaderEncoder());
        record.connections(connections).paths(paths).watches(watches);
        return bytes(buffer, record.limit());
    }

    static byte[] digest(final long zxid, final long digest)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
        final DigestRecordEncoder record = new DigestRecordEncoder().wrapAndApplyHeader(buffer, 0,
            new MessageHeaderEncoder());
        record.zxid(zxid).version(2).digest(digest);
        return bytes(buffer, record.limit());
    }

    private static byte[] bytes(final DirectBuffer buffer, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
