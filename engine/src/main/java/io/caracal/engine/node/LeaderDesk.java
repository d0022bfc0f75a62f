/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.acl.Identities;
import io.caracal.engine.acl.IdentitiesDecoder;
import io.caracal.engine.apply.Outcome;
import io.caracal.engine.client.ClientConnection;
import io.caracal.engine.client.WriteIntake;
import io.caracal.engine.port.Count;
import io.caracal.engine.prepare.OutstandingChanges;
import io.caracal.engine.prepare.Preparer;
import io.caracal.engine.prepare.RequestContext;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionIds;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.broadcast.LeaderBroadcast;
import io.caracal.engine.zab.codec.RequestDecoder;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Handles requests on an established leader, whether they came from its own clients or through a learner: checks them,
 * turns them into transactions and proposes these. {@link LeaderUpkeep} proposes what no request asks for. Made when
 * the leader's own tree holds the whole history that its epoch began with.
 */
final class LeaderDesk implements Applying.Proposed
{
    /**
     * How many sessions may be opened while there is no room for writes, so that people can look and programs can read.
     * They use room that the log keeps back for the ends of sessions, so they must be few.
     */
    static final int SESSIONS_WITHOUT_ROOM_MAX = 256;

    /** Result for a forwarded request that came before, or that a later request of its server has overtaken. */
    static final int OUT_OF_TURN = 3;

    private final Node node;
    private final LeaderBroadcast broadcast;
    private final LearnerDesk learners;
    private final OutstandingChanges changes;
    private final Proposer proposer;
    private final Preparer preparer;
    private final RequestContext requestContext = new RequestContext();
    private final IdentitiesDecoder identities = new IdentitiesDecoder();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final SessionIds sessionIds;
    private final LeaderSessions sessions;
    private final SessionEnds ends;
    private final LeaderRestore restore;
    private final LeaderUpkeep upkeep;
    /** Sessions whose beginning is proposed and not applied here yet. */
    private final LongHashSet beginning = new LongHashSet();
    private int sessionsWithoutRoom;

    LeaderDesk(final Node node, final LeaderBroadcast broadcast, final long epoch, final LearnerDesk learners)
    {
        this.node = node;
        this.learners = learners;
        this.broadcast = broadcast;
        changes = new OutstandingChanges(node.replica().tree(), node.replica().sessions(), node.ledger());
        proposer = new Proposer(node, broadcast, changes);
        preparer = new Preparer(node.replica().tree(), changes, node.context().aclSettings(), node.replica().quotas(),
            node.treeRoom(), node.context().prepareSettings(), proposer.txn(), this::txnLengthMax);
        sessionIds = new SessionIds(node.serverId(), epoch);
        sessions = new LeaderSessions(node.serverId(), node::watchNs, new SessionClock(node.context().tickTimeMs(),
            node.replica().sessions(), node.watchNs()), node.members(), learners.holders());
        ends = new SessionEnds(node, proposer, preparer, sessions);
        restore = new LeaderRestore(node, proposer, learners);
        upkeep = new LeaderUpkeep(node, proposer, preparer, ends, restore);
    }

    /** Takes a step of a restore that was sent to this server. */
    int orderRestore(final DirectBuffer buffer, final int offset, final int length)
    {
        return restore.onOrder(buffer, offset, length);
    }

    /** Whether a restore needs the next epoch to begin. */
    boolean wantsLaterEpoch()
    {
        return restore.wantsLaterEpoch();
    }

    /** Stops proposing, because the leader is about to step down. */
    void closeForProposals()
    {
        proposer.close();
    }

    /** Whether the zxid counter of the epoch has reached its limit, which lies long before it would wrap. */
    boolean isUsedUp()
    {
        return Zxid.counter(broadcast.lastProposedZxid()) >= node.context().counterRollOver();
    }

    int doWork(final long nowNs, final long nowMs)
    {
        sessions.advance();

        return proposer.isClosed() ? 0 : upkeep.doWork(nowNs, nowMs);
    }

    /** Takes a write of one of this server's own clients. */
    int submit(final ClientConnection connection, final int opCode, final DirectBuffer buffer, final int offset,
        final int length, final long sequence, final long arrivalNs)
    {
        final Session session = connection.session();
        requestContext.of(session.id(), connection.identities(), connection.identityLimit()).from(node.serverId(),
            connection.attachNumber());

        proposer.begin(session.id(), node.serverId(), node.incarnation(), sequence);

        return prepare(session, opCode, buffer, offset, length, arrivalNs);
    }

    /** Prepares and proposes a write. The caller has begun the transaction and filled the context of the request. */
    private int prepare(final Session session, final int opCode, final DirectBuffer buffer, final int offset,
        final int length, final long arrivalNs)
    {
        if (learners.lacksRoom())
        {
            node.events().onCount(Count.WRITES_REFUSED_NO_SPACE, 1);
            return ErrorCode.SYSTEM_ERROR;
        }
        if (changes.isFull())
        {
            return WriteIntake.REFUSED;
        }

        final int error = preparer.prepare(opCode, buffer, offset, length, session, requestContext);
        if (error == Preparer.MOVED)
        {
            return WriteIntake.MOVED;
        }
        if (error == Preparer.UNDECODABLE)
        {
            return ErrorCode.MARSHALLING_ERROR;
        }
        if (proposer.txn().length() > txnLengthMax())
        {
            changes.rollback();
            proposer.txn().error(ErrorCode.BAD_ARGUMENTS);
        }
        if (!proposer.propose(arrivalNs))
        {
            return WriteIntake.REFUSED;
        }
        tellRefusal();

        return WriteIntake.PROPOSED;
    }

    /** Longest transaction of a request, in bytes: limited by what can be logged and sent, and by the setting. */
    private int txnLengthMax()
    {
        return (int)Math.min(proposer.lengthMax(), node.context().prepareSettings().txnLengthMax());
    }

    private void tellRefusal()
    {
        final DirectBuffer path = preparer.refusedByQuota();
        if (path.capacity() > 0)
        {
            node.events().onCount(Count.QUOTA_EXCEEDED, 1);
            node.events().onQuotaExceeded(path, path.capacity());
        }
        if (preparer.isRefusedForMemory())
        {
            node.events().onCount(Count.WRITES_REFUSED_NO_MEMORY, 1);
        }
    }

    int createSession(final int timeoutMs, final long server, final long incarnation, final long sequence,
        final long arrivalNs)
    {
        if (learners.lacksRoom() && sessionsWithoutRoom == SESSIONS_WITHOUT_ROOM_MAX)
        {
            node.events().onCount(Count.WRITES_REFUSED_NO_SPACE, 1);
            return ErrorCode.SYSTEM_ERROR;
        }

        final long sessionId = sessionIds.next();
        proposer.begin(sessionId, server, incarnation, sequence);
        proposer.txn().createSession(timeoutMs);
        if (!proposer.propose(arrivalNs))
        {
            return WriteIntake.REFUSED;
        }
        beginning.add(sessionId);
        sessionsWithoutRoom = learners.lacksRoom() ? sessionsWithoutRoom + 1 : 0;

        return WriteIntake.PROPOSED;
    }

    int moveSession(final Session session, final long server, final long incarnation, final long sequence,
        final long arrivalNs)
    {
        proposer.begin(session.id(), server, incarnation, sequence);
        preparer.prepareMove(session, server);
        if (!proposer.propose(arrivalNs))
        {
            preparer.rollbackMove(session);
            return WriteIntake.REFUSED;
        }

        return WriteIntake.PROPOSED;
    }

    int closeSession(final Session session, final long attachNumber, final long server, final long incarnation,
        final long sequence, final long arrivalNs)
    {
        if (preparer.hasLeft(session, server, attachNumber))
        {
            return WriteIntake.MOVED;
        }

        return ends.propose(session, server, incarnation, sequence, arrivalNs) ? WriteIntake.PROPOSED :
            WriteIntake.REFUSED;
    }

    /**
     * Takes a request that a learner forwards. Returns a result of {@link WriteIntake}, or {@link #OUT_OF_TURN} when
     * the request was ignored: every replica would stop at a transaction that carries the name of another one. The
     * learner may be ahead of this server with applying, so a session that is only beginning here may already make
     * requests there. These wait.
     */
    int onForwarded(final long server, final RequestDecoder message)
    {
        if (message.opCode() == OpCode.RESTORE && message.sessionId() == 0)
        {
            message.skipIdentities();
            message.wrapBody(view);
            return orderRestore(view, 0, view.capacity());
        }

        final long sequence = message.sequence();
        final long incarnation = message.incarnation();
        if (!proposer.isNext(server, incarnation, sequence) ||
            !node.replica().origins().isNext(server, incarnation, sequence))
        {
            return OUT_OF_TURN;
        }
        if (beginning.contains(message.sessionId()))
        {
            return WriteIntake.REFUSED;
        }

        final Session session = node.replica().sessions().find(message.sessionId());
        if (message.opCode() == OpCode.CREATE_SESSION && message.sessionId() == 0)
        {
            return createSession(message.timeoutMs(), server, incarnation, sequence, node.nowNs());
        }
        if (message.opCode() == OpCode.CREATE_SESSION)
        {
            return session == null ? ErrorCode.SESSION_EXPIRED :
                moveSession(session, server, incarnation, sequence, node.nowNs());
        }
        if (message.opCode() == OpCode.CLOSE_SESSION)
        {
            return session == null ? ErrorCode.SESSION_EXPIRED :
                closeSession(session, message.attachNumber(), server, incarnation, sequence, node.nowNs());
        }

        return submitForwarded(server, session, message);
    }

    private int submitForwarded(final long server, final Session session, final RequestDecoder message)
    {
        message.wrapIdentities(view);
        if (!identities.wrap(view, 0, view.capacity()))
        {
            return ErrorCode.MARSHALLING_ERROR;
        }

        final Identities proven = identities.identities();
        requestContext.of(message.sessionId(), proven, proven.count()).from(server, message.attachNumber());
        message.wrapBody(view);
        proposer.begin(message.sessionId(), server, message.incarnation(), message.sequence());

        return prepare(session, message.opCode(), view, 0, view.capacity(), node.nowNs());
    }

    /** The client of a session was heard, here or by the server that holds the session. */
    void touch(final Session session)
    {
        sessions.touch(session);
    }

    /**
     * The client of a session was heard by a server that the session has left. That server may not have applied the
     * move yet, so that it took the client back.
     */
    void touchElsewhere(final Session session)
    {
        sessions.touchElsewhere(session);
    }

    @Override
    public long guess(final long zxid)
    {
        return changes.guess(zxid);
    }

    @Override
    public void onApplied(final Outcome outcome)
    {
        changes.onApplied(outcome.zxid());
        if (outcome.createdSession() != null)
        {
            beginning.remove(outcome.sessionId());
            sessions.onCreated(outcome.createdSession(), outcome.zxid());
        }
        if (outcome.movedSession() != null)
        {
            sessions.onMoved(outcome.movedSession(), outcome.zxid());
        }
        if (outcome.closedSession() != null)
        {
            sessions.onClosed(outcome.closedSession());
        }
    }

    long nextDeadlineNs(final long nowNs)
    {
        return upkeep.nextDeadlineNs(nowNs);
    }

    /** How long a session still has, in milliseconds, for operators. */
    long expiresInMs(final Session session)
    {
        return sessions.expiresInMs(session);
    }

    void close()
    {
        upkeep.close();
        changes.close();
    }
}
