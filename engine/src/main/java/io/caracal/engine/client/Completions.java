/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.Invariant;
import io.caracal.engine.apply.Outcome;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.ReplyLength;
import io.caracal.engine.session.Session;

/**
 * Answers requests whose transaction was applied, then the reads that waited behind them; closes the connections
 * of sessions
 * that ended.
 */
final class Completions
{
    private final Replica replica;
    private final RequestLine requests;
    private final ConnectionTable connections;
    private final Responder responder;
    private final ReadExecutor reads;
    private final Handshake handshake;
    private final ClientInbox inbox;
    private final long serverId;
    private final long incarnation;

    Completions(final Replica replica, final RequestLine requests, final ConnectionTable connections,
        final Responder responder, final ReadExecutor reads, final Handshake handshake,
        final ClientInbox inbox, final long serverId, final long incarnation)
    {
        this.replica = replica;
        this.requests = requests;
        this.connections = connections;
        this.responder = responder;
        this.reads = reads;
        this.handshake = handshake;
        this.inbox = inbox;
        this.serverId = serverId;
        this.incarnation = incarnation;
    }

    void onApplied(final Outcome outcome, final WriteIntake intake)
    {
        if (isOurs(outcome))
        {
            complete(requests.completed(outcome.originSequence()), outcome, intake);
        }

        if (outcome.closedSession() != null)
        {
            final ClientConnection connection = connections.find(outcome.closedSession().connectionId());
            if (connection != null)
            {
                inbox.close(connection);
            }
        }
    }

    private boolean isOurs(final Outcome outcome)
    {
        return outcome.originSequence() != 0 && outcome.originServer() == serverId && outcome
            .originIncarnation() == incarnation;
    }

    private void complete(final InFlight request, final Outcome outcome, final WriteIntake intake)
    {
        final ClientConnection connection = request.connection;
        if (connection != null)
        {
            Invariant.check(connection.firstRequest() == request, "a request completes before an earlier one");
            connection.removeFirstRequest();
            answer(connection, request, outcome, intake);
        }
        requests.release(request);

        if (connection != null)
        {
            answerWaiting(connection);
        }
    }

    private void answer(final ClientConnection connection, final InFlight request, final Outcome outcome,
        final WriteIntake intake)
    {
        responder.to(connection, request.xid, request.opCode, request.arrivalNs);
        if (request.opCode == OpCode.CREATE_SESSION)
        {
            answerHandshake(connection, outcome, intake);
        }
        else if (outcome.errorCode() != ErrorCode.OK)
        {
            responder.header(outcome.zxid(), outcome.errorCode());
        }
        else
        {
            answerWrite(request.opCode, outcome);
        }
    }

    private void answerHandshake(final ClientConnection connection, final Outcome outcome, final WriteIntake intake)
    {
        final Session session = replica.sessions().find(outcome.sessionId());
        if (session == null || session.isClosing())
        {
            handshake.refuse(connection);
        }
        else
        {
            handshake.attach(connection, session, intake);
        }
    }

    private void answerWrite(final int opCode, final Outcome outcome)
    {
        switch (opCode)
        {
            case OpCode.CREATE -> answerPath(outcome, false);
            case OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL -> answerPath(outcome, true);
            case OpCode.SET_DATA, OpCode.SET_ACL -> answerStat(outcome);
            case OpCode.MULTI -> answerMulti(outcome);
            default -> responder.header(outcome.zxid(), ErrorCode.OK);
        }
    }

    private void answerPath(final Outcome outcome, final boolean withStat)
    {
        final int length = outcome.pathLength();
        final JuteWriter body = responder.begin(
            withStat ? ReplyLength.ofRangeAndStat(length) : ReplyLength.ofRange(length), outcome.zxid(),
            ErrorCode.OK);
        if (body != null)
        {
            body.writeRange(outcome.path(), outcome.pathOffset(), length);
            if (withStat)
            {
                replica.tree().encodeStat(outcome.node(), responder.encoder().stat());
            }
            responder.end();
        }
    }

    private void answerStat(final Outcome outcome)
    {
        if (responder.begin(ReplyLength.STAT, outcome.zxid(), ErrorCode.OK) != null)
        {
            replica.tree().encodeStat(outcome.node(), responder.encoder().stat());
            responder.end();
        }
    }

    private void answerMulti(final Outcome outcome)
    {
        final int length = outcome.multiResultLength();
        final JuteWriter body = responder.begin(ReplyLength.HEADER + (long)length, outcome.zxid(), ErrorCode.OK);
        if (body != null)
        {
            body.writeRaw(outcome.multiResult(), 0, length);
            responder.end();
        }
    }

    /** Reads that waited see the tree right after the write before them, and before any later transaction. */
    private void answerWaiting(final ClientConnection connection)
    {
        while (connection.state == ConnectionState.OPEN && connection.hasRequests() && !connection.firstRequest()
            .isWrite())
        {
            final InFlight request = connection.firstRequest();
            connection.removeFirstRequest();
            final boolean staysOpen = reads.execute(connection, request, request.frame, 0, request.bodyLength);
            requests.release(request);
            if (!staysOpen)
            {
                inbox.close(connection);
            }
        }
    }
}
