/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.acl.Identities;
import io.caracal.engine.acl.IdentitiesDecoder;
import io.caracal.engine.apply.Outcome;
import io.caracal.engine.client.WriteIntake;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.SessionFact;
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
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What an established leader does with requests, whether they came by its own connections or through a learner: checks
 * them, makes transactions of them and proposes those. It also ends sessions whose time is over and removes empty
 * containers and znodes that outlived their time. Made when the leader's own tree holds the whole history that its
 * epoch began with.
 */
final class LeaderDesk
{
    /**
     * Sessions that are opened while there is no room for writes, so that people can look and programs can read. They
     * take from what the log keeps back for the ends of sessions, so they are few.
     */
    static final int SESSIONS_WITHOUT_ROOM_MAX = 256;

    /** Answer to a forwarded request that came before, or that a later one of its server has passed. */
    static final int OUT_OF_TURN = 3;

    private static final long NS_PER_MS = 1_000_000L;

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
    private final Reaper reaper;
    private final ConfigNode config;
    private final LeaderRestore restore;
    private final ZnodeCursor letsGo = new LetsGo();
    private boolean isSecretProposed;
    private int sessionsWithoutRoom;

    LeaderDesk(final Node node, final LeaderBroadcast broadcast, final long epoch,
        final LearnerDesk learners)
    {
        this.node = node;
        this.learners = learners;
        this.broadcast = broadcast;
        changes = new OutstandingChanges(node.replica().tree(), node.replica().sessions(), node.ledger());
        proposer = new Proposer(node, broadcast, changes);
        preparer = new Preparer(node.replica().tree(), changes, node.context().aclSettings(), node.replica().quotas(),
            node.context().prepareSettings(), proposer.txn());
        sessionIds = new SessionIds(node.serverId(), epoch);
        sessions = new LeaderSessions(node, learners.holders());
        reaper = new Reaper(node.replica().tree(), node::reaperSettings, this::reap, node.nowNs());
        node.znodeCursors().add(reaper);
        config = new ConfigNode(node, this::proposeConfig);
        restore = new LeaderRestore(node, proposer, learners);
        node.znodeCursors().add(letsGo);
    }

    /** Another tree comes: no session is watched over any more, and what it says of the members is looked at anew. */
    private final class LetsGo implements ZnodeCursor
    {
        @Override
        public void onDeleting(final long znode)
        {
            // This cursor stands on no znode.
        }

        @Override
        public void onReplacing()
        {
            for (Session session = node.replica().sessions().first(); session != null; session = session
                .nextInTable())
            {
                sessions.onClosed(session);
            }
            config.lookAgain();
        }
    }

    /** A step of a restore that came to this server. */
    int orderRestore(final DirectBuffer buffer, final int offset, final int length)
    {
        return restore.onOrder(buffer, offset, length);
    }

    /** Whether the next epoch is to begin, so that a restore can. */
    boolean wantsLaterEpoch()
    {
        return restore.wantsLaterEpoch();
    }

    /** Whether clients can be served: their passwords can be made. */
    boolean isReady()
    {
        return node.replica().passwords().hasSecret();
    }

    /** Proposes nothing any more: the leader is about to step down. */
    void closeForProposals()
    {
        proposer.close();
    }

    /** Whether the counter of the epoch is nearly used up, long before it would wrap. */
    boolean isUsedUp()
    {
        return Zxid.counter(broadcast.lastProposedZxid()) >= node.context().counterRollOver();
    }

    int doWork(final long nowNs, final long nowMs)
    {
        proposer.time(nowMs);
        sessions.advance();
        if (proposer.isClosed())
        {
            return 0;
        }

        int work = 0;
        if (!isSecretProposed && !isReady())
        {
            isSecretProposed = proposeSecret();
            work++;
        }
        work += restore.doWork();
        work += config.doWork(broadcast.nextZxid());
        work += expireSessions();
        work += reaper.doWork(nowNs, nowMs);

        return work;
    }

    /** The first leader ever draws the secret of the ensemble; nobody is served before it is applied. */
    private boolean proposeSecret()
    {
        proposer.begin(0);
        final UnsafeBuffer secret = new UnsafeBuffer(node.context().sessionSecret());
        proposer.txn().secret(secret, 0, secret.capacity());

        return proposer.propose();
    }

    private boolean proposeConfig(final DirectBuffer path, final int pathLength, final DirectBuffer text,
        final int textLength)
    {
        proposer.begin(0);
        preparer.prepareConfig(path, pathLength, text, textLength);

        return proposer.propose();
    }

    private int expireSessions()
    {
        int expired = 0;
        Session session = sessions.pollOver();
        while (session != null && expire(session))
        {
            expired++;
            session = sessions.pollOver();
        }

        return expired;
    }

    /**
     * False when its end cannot be proposed now; it is overdue again later then. While a session is on the move, its
     * client may have gone back to the server that it left, where the move is not known yet and which nobody asks: its
     * time begins anew when it has arrived.
     */
    private boolean expire(final Session session)
    {
        if (session.isMoving())
        {
            sessions.again(session);
            return true;
        }
        if (!session.isClosing() && !proposeClose(session, true, node.serverId(), node.incarnation(), 0,
            EventSink.NO_ARRIVAL))
        {
            sessions.overdueAgain(session);
            return false;
        }

        return true;
    }

    private boolean proposeClose(final Session session, final boolean expired, final long server,
        final long incarnation, final long sequence, final long arrivalNs)
    {
        final boolean wasClosing = session.isClosing();
        proposer.begin(session.id(), server, incarnation, sequence);
        preparer.prepareClose(session, expired);
        final boolean isProposed = proposer.propose(arrivalNs);
        if (!isProposed && !wasClosing)
        {
            session.notClosing();
        }
        else if (expired && !wasClosing)
        {
            node.desk().onExpiring(session);
            node.events().onSessionFact(SessionFact.EXPIRED, session.id(), session.ownerServer());
            node.events().onSessionExpired(session.id(), session.timeoutMs());
            node.events().onCount(Count.SESSIONS_EXPIRED, 1);
        }

        return isProposed;
    }

    private boolean reap(final DirectBuffer path, final int length)
    {
        proposer.begin(0);
        if (preparer.prepareReaped(path, 0, length) != ErrorCode.OK)
        {
            changes.rollback();
            return true;
        }

        final boolean isProposed = proposer.propose();
        if (isProposed)
        {
            node.events().onCount(Count.ZNODES_REAPED, 1);
        }

        return isProposed;
    }

    /** A write of one of the own clients. */
    int submit(final Session session, final Identities proven, final int identityLimit, final long attachNumber,
        final int opCode, final DirectBuffer buffer, final int offset, final int length, final long sequence,
        final long arrivalNs)
    {
        requestContext.of(session.id(), proven, identityLimit).from(node.serverId(), attachNumber);

        proposer.begin(session.id(), node.serverId(), node.incarnation(), sequence);

        return prepare(session, opCode, buffer, offset, length, arrivalNs);
    }

    /** The transaction is begun and the request's context is filled. */
    private int prepare(final Session session, final int opCode, final DirectBuffer buffer, final int offset,
        final int length, final long arrivalNs)
    {
        if (learners.lacksRoom())
        {
            node.events().onCount(Count.WRITES_REFUSED_NO_SPACE, 1);
            return ErrorCode.SYSTEM_ERROR;
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
        if (proposer.isTooLong())
        {
            changes.rollback();
            proposer.txn().error(ErrorCode.BAD_ARGUMENTS);
        }
        if (!proposer.propose(arrivalNs))
        {
            return WriteIntake.REFUSED;
        }
        tellQuota(preparer.refusedByQuota());

        return WriteIntake.PROPOSED;
    }

    private void tellQuota(final DirectBuffer path)
    {
        if (path.capacity() > 0)
        {
            node.events().onCount(Count.QUOTA_EXCEEDED, 1);
            node.events().onQuotaExceeded(path, path.capacity());
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

        proposer.begin(sessionIds.next(), server, incarnation, sequence);
        proposer.txn().createSession(timeoutMs);
        if (!proposer.propose(arrivalNs))
        {
            return WriteIntake.REFUSED;
        }
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

        return proposeClose(session, false, server, incarnation, sequence, arrivalNs) ? WriteIntake.PROPOSED :
            WriteIntake.REFUSED;
    }

    /**
     * A request that a learner hands over; results as of {@link WriteIntake}, or {@link #OUT_OF_TURN}: nothing was made
     * of it, since every replica would stop at a transaction that bears the name of another one.
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

    /** The client of a session was heard, here or at the server that holds it. */
    void touch(final Session session)
    {
        sessions.touch(session);
    }

    /** Which znode the next transaction to be applied may be about. */
    long guess(final long zxid)
    {
        return changes.guess(zxid);
    }

    /** A transaction of this epoch was applied to the own tree. */
    void onApplied(final Outcome outcome)
    {
        changes.onApplied(outcome.zxid());
        if (outcome.createdSession() != null)
        {
            sessions.onCreated(outcome.createdSession());
        }
        if (outcome.movedSession() != null)
        {
            touch(outcome.movedSession());
        }
        if (outcome.closedSession() != null)
        {
            sessions.onClosed(outcome.closedSession());
        }
    }

    long nextDeadlineNs(final long nowNs)
    {
        return Math.min(Math.min(nowNs + sessions.untilNextTickMs() * NS_PER_MS, reaper.nextDeadlineNs()),
            restore.nextDeadlineNs());
    }

    /** How long a session still has, for people who ask. */
    long expiresInMs(final Session session)
    {
        return sessions.expiresInMs(session);
    }

    void close()
    {
        node.znodeCursors().remove(reaper);
        node.znodeCursors().remove(letsGo);
        changes.close();
    }
}
