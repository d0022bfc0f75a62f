/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.operator.codec.ConnectionRecordDecoder;
import io.caracal.engine.operator.codec.EphemeralRecordDecoder;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.SessionRecordDecoder;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * Answers the word {@code dump}: sessions and connections by the tick at which they expire, and ephemeral znodes by
 * session. A list is preceded by its size. So sessions and connections are first collected in a compact form (a few
 * bytes each) and then written in slices; ephemeral znodes are queried twice, first to count and then to list them.
 */
final class DumpText
{
    private final int tickMs;
    private final int connectionTickMs;
    private final NanoClock clock;
    private final InetSocketAddress remote;
    private final ExpirySets sessionSets;
    private final ExpirySets connectionSets;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionRecordDecoder session = new SessionRecordDecoder();
    private final EphemeralRecordDecoder ephemeral = new EphemeralRecordDecoder();
    private final ConnectionRecordDecoder connection = new ConnectionRecordDecoder();
    private long sessionCount;
    private long sessionsWithEphemerals;
    private long lastSessionId;

    DumpText(final Settings settings, final NanoClock clock, final InetSocketAddress remote)
    {
        this.tickMs = settings.integer(ServerProperty.TICK_TIME);
        this.connectionTickMs = settings.integer(ServerProperty.SESSIONLESS_TIMEOUT);
        this.clock = clock;
        this.remote = remote;
        this.sessionSets = new ExpirySets(tickMs, DumpText::sessionLine, this::expiryTime);
        this.connectionSets = new ExpirySets(connectionTickMs, DumpText::connectionLine, this::expiryTime);
    }

    /** Only a leader knows when sessions expire; learners list them with their timeouts. */
    List<Section> sections(final OperatorBridge bridge, final boolean isLearner)
    {
        final List<Section> sections = new ArrayList<>(isLearner ? knownSessions(bridge) : expiringSessions(bridge));
        sections.addAll(others(bridge));
        return sections;
    }

    private List<Section> expiringSessions(final OperatorBridge bridge)
    {
        return List.of(new QuerySection(bridge, OperatorQuery.SESSIONS, this::gatherSession),
            new TextSection(out -> sessionSets.head(out.append("SessionTracker dump:\nSession "))), sessionSets);
    }

    private List<Section> knownSessions(final OperatorBridge bridge)
    {
        return List.of(new QuerySection(bridge, OperatorQuery.SESSIONS, (out, buffer, offset) -> sessionCount++),
            new TextSection(out -> out.append("SessionTracker dump:\nGlobal Sessions(").append(sessionCount)
                .append("):\n")),
            new QuerySection(bridge, OperatorQuery.SESSIONS, this::knownSession));
    }

    private void knownSession(final StringBuilder out, final DirectBuffer buffer, final int offset)
    {
        session.wrapAndApplyHeader(buffer, offset, header);
        out.append("0x").append(Long.toHexString(session.sessionId())).append('\t').append(session.timeoutMs())
            .append("ms\n");
    }

    private List<Section> others(final OperatorBridge bridge)
    {
        return List.of(new QuerySection(bridge, OperatorQuery.EPHEMERALS, this::countEphemeral),
            new TextSection(out -> out.append("ephemeral nodes dump:\nSessions with Ephemerals (")
                .append(sessionsWithEphemerals).append("):\n")),
            new QuerySection(bridge, OperatorQuery.EPHEMERALS, this::listEphemeral),
            new QuerySection(bridge, OperatorQuery.CONNECTIONS, this::gatherConnection),
            new TextSection(out ->
            {
                connectionSets.add(nowMs() + connectionTickMs / 2, 0, remote.getAddress().getAddress(),
                    remote.getPort());
                connectionSets.head(out.append("Connections dump:\nConnections "));
            }), connectionSets);
    }

    private void gatherSession(final StringBuilder out, final DirectBuffer buffer, final int offset)
    {
        session.wrapAndApplyHeader(buffer, offset, header);
        final long expiryMs = nowMs() + session.expiresInMs();
        sessionSets.add((expiryMs + tickMs / 2) / tickMs * tickMs, session.sessionId(), ExpirySets.NO_ADDRESS, 0);
    }

    private void gatherConnection(final StringBuilder out, final DirectBuffer buffer, final int offset)
    {
        connection.wrapAndApplyHeader(buffer, offset, header);
        final long touchedMs = connection.lastResponseMs() == 0 ? nowMs() : connection.lastResponseMs();
        final byte[] address = new byte[connection.remoteAddressLength()];
        final long expiryMs = touchedMs + connection.timeoutMs();
        final long sessionId = connection.sessionId();
        final int port = connection.remotePort();
        connection.getRemoteAddress(address, 0, address.length);
        connectionSets.add((expiryMs / connectionTickMs + 1) * connectionTickMs, sessionId, address, port);
    }

    private void countEphemeral(final StringBuilder out, final DirectBuffer buffer, final int offset)
    {
        ephemeral.wrapAndApplyHeader(buffer, offset, header);
        if (sessionsWithEphemerals == 0 || ephemeral.sessionId() != lastSessionId)
        {
            lastSessionId = ephemeral.sessionId();
            sessionsWithEphemerals++;
        }
    }

    private void listEphemeral(final StringBuilder out, final DirectBuffer buffer, final int offset)
    {
        ephemeral.wrapAndApplyHeader(buffer, offset, header);
        if (sessionsWithEphemerals >= 0 || ephemeral.sessionId() != lastSessionId)
        {
            sessionsWithEphemerals = -1;
            lastSessionId = ephemeral.sessionId();
            out.append("0x").append(Long.toHexString(lastSessionId)).append(":\n");
        }

        out.append('\t').append(RecordText.path(ephemeral.pathLength(), ephemeral::getPath)).append('\n');
    }

    private static void sessionLine(
        final StringBuilder out, final long sessionId, final byte[] address, final int port)
    {
        out.append("\t0x").append(Long.toHexString(sessionId)).append('\n');
    }

    private static void connectionLine(
        final StringBuilder out, final long sessionId, final byte[] address, final int port)
    {
        out.append("\tip: ").append(RecordText.remote(address, port)).append(" sessionId: 0x")
            .append(Long.toHexString(sessionId)).append('\n');
    }

    private Date expiryTime(final long expiryMs)
    {
        return Date.from(Instant.now().plusMillis(expiryMs - nowMs()));
    }

    private long nowMs()
    {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime());
    }
}
