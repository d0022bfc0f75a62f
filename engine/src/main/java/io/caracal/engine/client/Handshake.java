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
 * Handles the first frame of a connection, which asks for a new session or for one that the client already has. A
 * living session is left alone until the password has proven right; otherwise anybody who knows its id could close the
 * connection that serves it.
 */
final class Handshake
{
    private final Replica replica;
    private final RequestLine requests;
    private final SyncRequests syncs;
    private final ConnectionTable connections;
    private final ConnectionEnds ends;
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
        ends = parts.ends();
        requests = parts.requests();
        syncs = parts.syncs();
        events = parts.events();
        this.replica = replica;
        this.clients = clients;
        this.limits = limits;
        this.throttle = throttle;
        this.serverId = serverId;
    }

    /** Sets the limits from now on. Existing sessions keep their time-outs. */
    void limits(final ClientLimits newLimits)
    {
        limits = newLimits;
    }

    /**
     * Handles the first frame. Returns false when it has to wait: there is no room for it at present, or a sync must
     * first be settled.
     */
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
     * Resumes a session that the client has. If the end of that session is proposed but not applied, the client must
     * not be told yet that it has expired, because the end may never be committed. So a move is proposed behind the
     * end, and the client is told the outcome of the move. While a sync of the handshake is under way the frame waits,
     * even if the session becomes known meanwhile: a move could be applied before the sync is settled.
     */
    private boolean resume(final ClientConnection connection, final WriteIntake intake, final int length)
    {
        if (connection.hasRequests())
        {
            return false;
        }

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

    /** Asks the throttle, until it has admitted the connection: a handshake that has to wait comes here again. */
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
     * Whether the leader knows that this very process holds the session, so that the client may be answered at once. It
     * is not enough that an earlier process of this server owned it. When that process ended, nobody could tell the
     * leader any more which clients it had answered. So each process first has a session moved to itself, and the
     * leader knows which clients it may have answered. A process that has not heard the client for long asks as well,
     * because the session may have ended. None of this concerns a server that is alone.
     */
    private boolean isHeldHere(final Session session, final WriteIntake intake)
    {
        return session.ownerServer() == serverId &&
            (!intake.keepsRequests() || (session.isHeld() && intake.isSureOf(session)));
    }

    /**
     * Handles a request for a session that is not known here. The session may still live: it may have begun at another
     * server a moment ago, and even a leader may not know it if others have replaced that leader. The session is over
     * if it is still missing once everything is applied that was committed when the client arrived. A sync finds out
     * when that is; until then the frame stays in the port.
     */
    private boolean resumeUnknown(final ClientConnection connection, final WriteIntake intake, final int length)
    {
        if (connection.isUpToHandshake)
        {
            refuse(connection);
            return true;
        }

        if (intake.keepsRequests() && !requests.hasRoomToKeep())
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

    /**
     * Tells the client that its session has expired only if that is so. For any other error the connection is closed,
     * so that the client tries again.
     */
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
     * Attaches the connection to the session. An older connection of the same session is closed, and its unanswered
     * requests are not sent again under another leader.
     */
    void attach(final ClientConnection connection, final Session session, final WriteIntake intake)
    {
        final ClientConnection old = connections.find(session.connectionId());
        if (old != null && old != connection)
        {
            ends.close(old);
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

    /** Sends the response that tells the client that its session has expired, and closes the connection. */
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
        ends.close(connection);
    }
}
