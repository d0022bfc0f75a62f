/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.operator.codec.ConnectionRecordEncoder;
import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.port.ClientPort;
import org.agrona.MutableDirectBuffer;

/** Describes the connections that have a session or wait for one, slot by slot. */
public final class ConnectionsAnswer
{
    /** There are no more connections. */
    public static final int END = -1;

    private final ConnectionTable connections;
    private final ClientPort clients;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ConnectionRecordEncoder encoder = new ConnectionRecordEncoder();
    private int slot;

    ConnectionsAnswer(final ConnectionTable connections, final ClientPort clients)
    {
        this.connections = connections;
        this.clients = clients;
    }

    /**
     * Describes the next connection.
     *
     * @param record receives the message from offset 0.
     * @return length of the message, or {@link #END} when there are no more connections.
     */
    public int next(final MutableDirectBuffer record)
    {
        while (slot < connections.slotCount())
        {
            final ClientConnection connection = connections.atSlot(slot++);
            if (connection != null && connection.state != ConnectionState.CLOSING)
            {
                return describe(connection, record);
            }
        }

        return END;
    }

    private int describe(final ClientConnection connection, final MutableDirectBuffer record)
    {
        final ConnectionFigures figures = connection.figures;
        encoder.wrapAndApplyHeader(record, 0, header).connectionId(connection.id)
            .sessionId(connection.session == null ? 0 : connection.session.id()).remotePort(connection.port)
            .timeoutMs(connection.negotiatedTimeoutMs).queued(connection.requestCount())
            .received(figures.received).sent(figures.sent).establishedMs(figures.establishedMs)
            .lastOpCode(figures.lastOpCode).lastCxid(figures.lastCxid).lastZxid(figures.lastZxid)
            .lastResponseMs(figures.lastResponseMs).lastLatencyMs(figures.lastLatencyMs)
            .minLatencyMs(figures.minLatencyMs).sumLatencyMs(figures.sumLatencyMs)
            .countLatency(figures.countLatency).maxLatencyMs(figures.maxLatencyMs)
            .interestOps(clients.interestOps(connection.id))
            .putRemoteAddress(connection.address, 0, connection.addressLength);

        return encoder.limit();
    }
}
