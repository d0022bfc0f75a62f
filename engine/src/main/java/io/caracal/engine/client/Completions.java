/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.Invariant;
import io.caracal.engine.apply.Outcome;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.SessionFact;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.session.Session;
import java.util.ArrayDeque;

/**
 * Answers requests once their transactions are applied, and then the reads that waited behind them. A transaction
 * completes the request whose name it carries: server, incarnation and sequence. Also closes the connections of
 * sessions that have ended or moved away.
 * <p>
 * Very much can have waited. Once a duty cycle has answered a good deal, the rest becomes due in the next ones, and no
 * transaction is applied until it is answered.
 */
final class Completions
{
    private final Replica replica;
    private final RequestLine requests;
    private final ConnectionTable connections;
    private final Responder responder;
    private final ReadExecutor reads;
    private final Handshake handshake;
    private final ConnectionEnds ends;
    private final long serverId;
    private final CurrentRole role;
    private final SyncRequests syncs;
    private final RequestRecords records;
    private final EventSink events;
    private final WriteReplies replies;
    /** Connections that are {@link ClientConnection#isDue}, each at most once. */
    private final ArrayDeque<ClientConnection> due = new ArrayDeque<>();
    private long incarnation;

    Completions(final ClientParts parts, final Replica replica, final long serverId, final Handshake handshake,
        final ReadExecutor reads, final Responder responder)
    {
        connections = parts.connections();
        ends = parts.ends();
        requests = parts.requests();
        syncs = parts.syncs();
        records = parts.records();
        role = parts.role();
        events = parts.events();
        this.replica = replica;
        this.serverId = serverId;
        this.handshake = handshake;
        this.reads = reads;
        this.responder = responder;
        replies = new WriteReplies(replica, responder);
    }

    void incarnation(final long newIncarnation)
    {
        incarnation = newIncarnation;
    }

    void onApplied(final Outcome outcome)
    {
        final boolean isOurs = isOurs(outcome);
        hold(outcome.createdSession(), isOurs);
        hold(outcome.movedSession(), isOurs);
        if (isOurs)
        {
            onOwnApplied(outcome);
        }

        if (outcome.closedSession() != null)
        {
            events.onSessionFact(SessionFact.ENDED, outcome.closedSession().id(), 0);
            onSessionEnded(outcome.closedSession(), outcome.zxid(), isOurs);
        }
        if (outcome.movedSession() != null)
        {
            events.onSessionFact(SessionFact.MOVED, outcome.movedSession().id(), outcome.movedSession().ownerServer());
            onSessionMoved(outcome.movedSession());
        }
        settleSyncs();
    }

    private static void hold(final Session session, final boolean isOurs)
    {
        if (session != null)
        {
            session.held(isOurs);
        }
    }

    private boolean isOurs(final Outcome outcome)
    {
        return incarnation != 0 && outcome.originSequence() != 0 && outcome.originServer() == serverId &&
            outcome.originIncarnation() == incarnation;
    }

    private void onOwnApplied(final Outcome outcome)
    {
        final long sequence = outcome.originSequence();
        Invariant.check(sequence <= requests.writes().lastNumber(), "a transaction completes a request never made");
        passOverUntil(sequence);
        final InFlight request = requests.writes().remove(sequence);
        if (request != null)
        {
            complete(request, outcome);
        }
        else
        {
            Invariant.check(!role.isEstablished(), "a transaction completes a request that nobody waits for");
        }
    }

    /**
     * Fails requests older than one that completes. Within a role, requests complete in order and without gaps. The
     * history of another leader can contain a gap: a request that its leader answered without a transaction, when the
     * answer was lost with the leader. It can never be prepared any more, because a later one was, and its answer is
     * not known here.
     */
    private void passOverUntil(final long sequence)
    {
        InFlight request = requests.writes().first();
        while (request != null && request.sequence < sequence)
        {
            Invariant.check(!role.isEstablished(), "a transaction completes a request out of order");
            onFailed(request.sequence, WriteIntake.MOVED);
            request = requests.writes().first();
        }
    }

    /**
     * Closes the connection of a session that has ended. If the client has asked for the end, it is answered even if
     * the session ended for another reason.
     */
    private void onSessionEnded(final Session session, final long zxid, final boolean isAnswered)
    {
        final ClientConnection connection = connections.find(session.connectionId());
        if (connection != null)
        {
            final InFlight first = connection.firstRequest();
            if (!isAnswered && first != null && first.opCode == OpCode.CLOSE_SESSION)
            {
                responder.to(connection, first.xid, first.opCode, first.arrivalNs);
                responder.header(zxid, ErrorCode.OK);
            }
            ends.close(connection);
        }
    }

    /** Closes a connection that was attached to the session before it moved, because the client has a new one. */
    private void onSessionMoved(final Session session)
    {
        final ClientConnection connection = connections.find(session.connectionId());
        if (connection != null && !connection.isAttachedTo(session))
        {
            ends.close(connection);
        }
    }

    /** The leader refused a request, so there is no transaction. {@link #answerDue} tells the client in its turn. */
    void onFailed(final long sequence, final int errorCode)
    {
        final InFlight request = requests.writes().remove(sequence);
        Invariant.check(request != null, "a request fails that is not on its way");
        request.sequence = 0;
        fail(request, errorCode);
    }

    void onSyncFailed(final InFlight sync, final int errorCode)
    {
        fail(syncs.remove(sync), errorCode);
    }

    private void fail(final InFlight request, final int errorCode)
    {
        final ClientConnection connection = request.connection;
        if (connection == null)
        {
            requests.release(request);
        }
        else if (errorCode == WriteIntake.MOVED)
        {
            ends.close(connection);
        }
        else if (request.opCode == OpCode.CREATE_SESSION)
        {
            handshake.fail(connection, errorCode);
        }
        else
        {
            request.localError = errorCode;
            putOff(connection);
        }
    }

    /** The sync is settled by the next transaction, or by {@link #answerDue}. */
    void onSynced(final long syncId, final long zxid)
    {
        syncs.onSynced(syncId, zxid);
    }

    private int settleSyncs()
    {
        int settled = 0;
        InFlight sync = syncs.pollSettled();
        while (sync != null)
        {
            settle(sync);
            settled++;
            sync = syncs.pollSettled();
        }

        return settled;
    }

    private void settle(final InFlight sync)
    {
        final ClientConnection connection = sync.connection;
        if (connection == null)
        {
            requests.release(sync);
        }
        else if (sync.opCode == OpCode.CREATE_SESSION)
        {
            // The frame of the handshake is still in the port, which is about to offer it again.
            connection.isUpToHandshake = true;
            connection.removeFirstRequest();
            requests.release(sync);
        }
        else
        {
            answerWaiting(connection);
        }
    }

    /** Answers a request and those that waited behind it; behind the end of a session nothing is answered any more. */
    private void complete(final InFlight request, final Outcome outcome)
    {
        final ClientConnection connection = request.connection;
        if (connection != null)
        {
            Invariant.check(connection.firstRequest() == request, "a request completes before an earlier one");
            connection.removeFirstRequest();
            answer(connection, request, outcome);
        }
        records.onWrite(request, outcome);
        requests.release(request);

        if (connection != null && outcome.closedSession() == null)
        {
            answerWaiting(connection);
        }
    }

    private void answer(final ClientConnection connection, final InFlight request, final Outcome outcome)
    {
        responder.to(connection, request.xid, request.opCode, request.arrivalNs);
        if (request.opCode == OpCode.CREATE_SESSION)
        {
            answerHandshake(connection, outcome);
        }
        else if (outcome.errorCode() != ErrorCode.OK)
        {
            responder.header(outcome.zxid(), outcome.errorCode());
        }
        else
        {
            replies.reply(request.opCode, outcome);
        }
    }

    private void answerHandshake(final ClientConnection connection, final Outcome outcome)
    {
        final Session session = replica.sessions().find(outcome.sessionId());
        if (session == null)
        {
            handshake.refuse(connection);
        }
        else
        {
            handshake.attach(connection, session, role.intake());
        }
    }

    /**
     * Answers reads that waited. They see the tree right after the write before them, and before any later transaction.
     * <p>
     * This also holds while clients are not served and the history of a new leader is applied. Nothing new is said
     * then. But what is applied is committed, so the reply to a write goes out. The watch events of earlier
     * transactions have gone out before it, as always, because a client must not see a change before its event. The
     * reads between two writes go out too: they must see the state between these writes, and no later moment shows that
     * state.
     */
    private void answerWaiting(final ClientConnection connection)
    {
        if (!connection.isDue && !answerInTime(connection))
        {
            putOff(connection);
        }
    }

    private void putOff(final ClientConnection connection)
    {
        if (!connection.isDue)
        {
            connection.isDue = true;
            due.addLast(connection);
        }
    }

    /**
     * Answers what was put off and what the leader has answered, as much as there is time for. Returns 0 when there was
     * nothing. A connection that needs more time comes last the next time, so that others have their turn.
     */
    int answerDue()
    {
        final int work = settleSyncs() + due.size();
        while (!due.isEmpty() && !responder.share().isUsedUp())
        {
            final ClientConnection connection = due.pollFirst();
            connection.isDue = !answerInTime(connection);
            requests.onEased();
            if (connection.isDue)
            {
                due.addLast(connection);
            }
        }

        return work;
    }

    /** Whether nothing is put off. */
    boolean isCaughtUp()
    {
        return due.isEmpty();
    }

    /** Returns false when this duty cycle has no time for the rest. */
    private boolean answerInTime(final ClientConnection connection)
    {
        while (connection.state == ConnectionState.OPEN && connection.hasRequests() && !connection.firstRequest()
            .isOnItsWay())
        {
            if (responder.share().isUsedUp())
            {
                return false;
            }
            answerFirst(connection);
        }

        return true;
    }

    private void answerFirst(final ClientConnection connection)
    {
        final InFlight request = connection.firstRequest();
        connection.removeFirstRequest();
        final boolean staysOpen = isEndOfEnded(request) ? answerEnd(connection, request) : reads.execute(connection,
            request, request.frame, 0, request.bodyLength);
        requests.release(request);
        if (!staysOpen)
        {
            ends.close(connection);
        }
    }

    /** Whether the client asks to end a session that has already ended. */
    private static boolean isEndOfEnded(final InFlight request)
    {
        return request.opCode == OpCode.CLOSE_SESSION && request.localError == ErrorCode.SESSION_EXPIRED;
    }

    private boolean answerEnd(final ClientConnection connection, final InFlight request)
    {
        responder.to(connection, request.xid, request.opCode, request.arrivalNs);
        responder.header(replica.lastAppliedZxid(), ErrorCode.OK);

        return false;
    }
}
