/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.port.ClientPort;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.SessionFact;
import io.caracal.engine.protocol.ConnectRequestDecoder;
import io.caracal.engine.protocol.ConnectResponseEncoder;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.session.Session;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes the first frame of a connection, which asks for a new session or for one that the client has. A session that
 * lives is not disturbed before the password was found right: otherwise anybody who knows its id could close the
 * connection that serves it.
 */
final class Handshake
{
    private final Replica replica;
    private final RequestLine requests;
    private final SyncRequests syncs;
    private final ConnectionTable connections;
    private final ClientPort clients;
    private final EventSink events;
    private final HandshakeThrottle throttle;
    private final long serverId;
    private final ConnectRequestDecoder request = new ConnectRequestDecoder();
    private final InFlightHeader header = new InFlightHeader();
    private ClientLimits limits;

    Handshake(final ClientParts parts, final Replica replica, final ClientPort clients, final ClientLimits limits,
        final HandshakeThrottle throttle, final long serverId)
    {
        connections = parts.connections();
        requests = parts.requests();
        syncs = parts.syncs();
        events = parts.events();
        this.replica = replica;
        this.clients = clients;
        this.limits = limits;
        this.throttle = throttle;
        this.serverId = serverId;
    }

    /** From now on; sessions keep the time-outs that they have. */
    void limits(final ClientLimits newLimits)
    {
        limits = newLimits;
    }

    /** Judges the first frame; false when it has to wait because too much is under way. */
    boolean onFrame(final ClientConnection connection, final WriteIntake intake, final DirectBuffer buffer,
        final int offset, final int length, final long arrivalNs)
    {
        if (!request.wrap(buffer, offset, length) || request.lastZxidSeen() > replica.lastAppliedZxid())
        {
            reject(connection);
            return true;
        }

        connection.hasReadOnly = request.hasReadOnly();
        header.xid = 0;
        header.arrivalNs = arrivalNs;
        header.localError = 0;

        return request.sessionId() == 0 ? create(connection, intake, length) : resume(connection, intake, length);
    }

    private boolean create(final ClientConnection connection, final WriteIntake intake, final int length)
    {
        if (!isAdmitted(connection, false))
        {
            turnAway(connection);
            return true;
        }

        connection.negotiatedTimeoutMs = limits.negotiate(request.timeoutMs());
        final int result = intake.createSession(connection.negotiatedTimeoutMs, requests.nextSequence(),
            header.arrivalNs);

        return open(connection, result, 0, length);
    }

    /**
     * The client wants a session that it has. If the end of that session is proposed but not applied, the client must
     * not be told yet that it has expired, because the end may never be committed. So a move is proposed behind the
     * end, and what comes of the move is told.
     */
    private boolean resume(final ClientConnection connection, final WriteIntake intake, final int length)
    {
        final long sessionId = request.sessionId();
        final Session session = replica.sessions().find(sessionId);
        if (!isPasswordRight(session))
        {
            refuse(connection);
            return true;
        }

        if (session == null)
        {
            return resumeUnknown(connection, intake, length);
        }

        if (!isAdmitted(connection, true))
        {
            turnAway(connection);
            return true;
        }

        connection.negotiatedTimeoutMs = limits.negotiate(request.timeoutMs());
        if (isHeldHere(session, intake) && !session.isClosing())
        {
            attach(connection, session, intake);
            return true;
        }

        final int result = intake.moveSession(session, requests.nextSequence(), header.arrivalNs);

        return open(connection, result, session.id(), length);
    }

    /** Asks the throttle, but once for each connection: a handshake that has to wait comes here again. */
    private boolean isAdmitted(final ClientConnection connection, final boolean isRenewal)
    {
        if (!connection.isAdmitted)
        {
            connection.isAdmitted = isRenewal ? throttle.admitRenewal() : throttle.admitNew();
            if (connection.isAdmitted)
            {
                events.onHandshakeAdmitted(throttle.tokenDeficit());
            }
        }

        return connection.isAdmitted;
    }

    /**
     * Whether the session is held by this very process as far as the leader knows, so that the client may be answered
     * at once. It is not enough that this server owned the session in an earlier process: when that ended, nobody could
     * tell the leader any more which clients it had answered. So each process has a session moved to itself first, and
     * the leader knows whom it may have answered. None of this concerns a server that is alone.
     */
    private boolean isHeldHere(final Session session, final WriteIntake intake)
    {
        return session.ownerServer() == serverId && (session.isHeld() || !intake.keepsRequests());
    }

    /**
     * The client wants a session that is not known here. That does not mean that the session is over: it may have begun
     * at another server a moment ago, and even a leader may not know it if others have replaced that leader. It is over
     * if it is missing when everything is applied that was committed when the client came. A sync finds out when that
     * is; until then the frame stays in the port.
     */
    private boolean resumeUnknown(final ClientConnection connection, final WriteIntake intake, final int length)
    {
        if (connection.isUpToHandshake)
        {
            refuse(connection);
            return true;
        }

        if (connection.hasRequests() || (intake.keepsRequests() && !requests.hasRoomToKeep()))
        {
            return false;
        }

        final int result = syncs.ask(intake);
        if (result == WriteIntake.REFUSED)
        {
            return false;
        }

        if (result != WriteIntake.PROPOSED)
        {
            fail(connection, result);
            return true;
        }

        if (syncs.isSettledAtOnce())
        {
            refuse(connection);
            return true;
        }

        header.opCode = OpCode.CREATE_SESSION;
        requests.addSync(connection, header, length, request.buffer(), 0, 0, syncs.zxidAtOnce());

        return false;
    }

    private boolean isPasswordRight(final Session session)
    {
        return replica.passwords().isRight(request.sessionId(), session, request.buffer(), request.passwordOffset(),
            request.passwordLength());
    }

    private boolean open(final ClientConnection connection, final int result, final long sessionId, final int length)
    {
        if (result == WriteIntake.REFUSED)
        {
            return false;
        }

        if (result == WriteIntake.PROPOSED)
        {
            header.opCode = OpCode.CREATE_SESSION;
            connection.state = ConnectionState.OPENING;
            requests.addWrite(connection, header, length).sessionId = sessionId;
        }
        else
        {
            fail(connection, result);
        }

        return true;
    }

    /** A client is told that its session has expired only if that is so; for any other reason it is to come again. */
    void fail(final ClientConnection connection, final int errorCode)
    {
        if (errorCode == ErrorCode.SESSION_EXPIRED)
        {
            refuse(connection);
        }
        else
        {
            reject(connection);
        }
    }

    /**
     * The connection serves the session from now on. An older connection of the same session is closed, and its
     * requests that are unanswered are not sent again under another leader.
     */
    void attach(final ClientConnection connection, final Session session, final WriteIntake intake)
    {
        final ClientConnection old = connections.find(session.connectionId());
        if (old != null && old != connection)
        {
            old.session = null;
            old.state = ConnectionState.CLOSING;
            requests.leave(old);
            clients.close(old.id);
        }

        session.connectionId(connection.id);
        session.touchTimeoutMs(connection.negotiatedTimeoutMs);
        connection.attach(session);
        events.onSessionFact(SessionFact.ATTACHED, session.id(), 0);
        connection.identities.attachAddress(new UnsafeBuffer(connection.address), 0, connection.addressLength);
        intake.touch(session);
        accept(connection, session);
    }

    private void accept(final ClientConnection connection, final Session session)
    {
        final int at = clients.claim(connection.id, ConnectResponseEncoder.length(connection.hasReadOnly));
        if (at != ClientPort.CLOSED)
        {
            final UnsafeBuffer password = new UnsafeBuffer(replica.passwords().password(session));
            ConnectResponseEncoder.accept(clients.claimed(), at, connection.hasReadOnly, false,
                connection.negotiatedTimeoutMs, session.id(), password, 0);
            sent(connection);
            connection.figures.lastOpCode = OpCode.CREATE_SESSION;
        }
    }

    /** Answers in a way by which the client knows that its session has expired. */
    void refuse(final ClientConnection connection)
    {
        final int at = clients.claim(connection.id, ConnectResponseEncoder.length(connection.hasReadOnly));
        if (at != ClientPort.CLOSED)
        {
            ConnectResponseEncoder.refuse(clients.claimed(), at, connection.hasReadOnly, false);
            sent(connection);
        }
        reject(connection);
    }

    private void sent(final ClientConnection connection)
    {
        clients.commit();
        connection.figures.sent++;
        events.onCount(Count.PACKETS_SENT, 1);
    }

    private void turnAway(final ClientConnection connection)
    {
        events.onCount(Count.CONNECTIONS_THROTTLED, 1);
        reject(connection);
    }

    private void reject(final ClientConnection connection)
    {
        events.onCount(Count.CONNECTIONS_REJECTED, 1);
        connection.state = ConnectionState.CLOSING;
        clients.close(connection.id);
    }
}
