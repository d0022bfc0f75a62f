/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.port.ClientPort;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.OpKind;
import io.caracal.engine.protocol.ReplyEncoder;
import io.caracal.engine.protocol.ReplyLength;

/**
 * Sends replies through the port: claims room for a frame of exactly the right length, has the reply encoded there,
 * commits it, and counts it. A reply for a connection that is gone is dropped.
 */
final class Responder
{
    private static final long NS_PER_MS = 1_000_000L;

    private final ClientPort clients;
    private final EventSink events;
    private final TurnShare share;
    private final ReplyEncoder encoder = new ReplyEncoder();
    private ClientConnection connection;
    private int xid;
    private int opCode;
    private long zxid;
    private int errorCode;
    private long arrivalNs;
    private long nowNs;
    private long nowMs;

    Responder(final ClientPort clients, final EventSink events, final CycleLimits limits)
    {
        this.clients = clients;
        this.events = events;
        share = new TurnShare(limits);
    }

    /**
     * Longest reply that can be sent, in bytes, prefix and header included. Nothing need be gathered for a longer one.
     */
    int lengthMax()
    {
        return Math.min(ReplyLength.MAX, clients.claimLengthMax());
    }

    /** A duty cycle begins. */
    void time(final long newNowNs)
    {
        share.begin();
        nowNs = newNowNs;
        nowMs = newNowNs / NS_PER_MS;
    }

    /** The share of this duty cycle that went into answers. */
    TurnShare share()
    {
        return share;
    }

    /** Sets the connection and the request that the next reply is for. */
    void to(final ClientConnection newConnection, final int newXid, final int newOpCode, final long newArrivalNs)
    {
        connection = newConnection;
        xid = newXid;
        opCode = newOpCode;
        arrivalNs = newArrivalNs;
    }

    /**
     * Begins a reply of exactly this length. Returns null when nothing is to be written, because the connection is
     * gone. A client that asks for more at once than a frame may hold, or than the port keeps for it, loses its
     * connection.
     */
    JuteWriter begin(final long frameLength, final long replyZxid, final int error)
    {
        if (frameLength > lengthMax())
        {
            clients.close(connection.id);
            return null;
        }

        final int length = (int)frameLength;
        final int offset = clients.claim(connection.id, length);
        if (offset == ClientPort.CLOSED)
        {
            return null;
        }

        share.onBytes(length);
        zxid = replyZxid;
        errorCode = error;

        return encoder.begin(clients.claimed(), offset, length, xid, replyZxid, error);
    }

    ReplyEncoder encoder()
    {
        return encoder;
    }

    /** Ends the reply that was begun last. */
    void end()
    {
        encoder.end();
        clients.commit();
        onSent();
    }

    /** A reply without a body. */
    void header(final long replyZxid, final int error)
    {
        if (begin(ReplyLength.HEADER, replyZxid, error) != null)
        {
            end();
        }
    }

    /**
     * Counts the reply. The last operation of a connection is that of its last reply, but a write that failed is shown
     * without a name.
     */
    private void onSent()
    {
        connection.figures.sent++;
        events.onCount(Count.PACKETS_SENT, 1);
        final long latencyMs = Math.max(0, nowNs - arrivalNs) / NS_PER_MS;
        final boolean isWrite = OpCode.kind(opCode) == OpKind.WRITE;
        final boolean isRefused = isWrite && errorCode != ErrorCode.OK;
        connection.figures.onReply(isRefused ? OpCode.NOTIFICATION : opCode, xid, zxid, latencyMs, nowMs);
        events.onReply(opCode, arrivalNs, isWrite);
    }

    /** Answers an auth request at once, ahead of queued requests. */
    void auth(final ClientConnection to, final int requestXid, final int error, final long requestArrivalNs)
    {
        to(to, requestXid, OpCode.AUTH, requestArrivalNs);
        header(0, error);
    }
}
