/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.apply.Outcome;
import io.caracal.engine.client.ClientConnection;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.TxnStage;
import io.caracal.engine.prepare.OutstandingChanges;
import io.caracal.engine.prepare.Preparer;
import io.caracal.engine.prepare.RequestContext;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionIds;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.txn.TxnWriter;
import io.caracal.engine.zab.broadcast.CommitHandler;
import io.caracal.engine.zab.broadcast.LeaderBroadcast;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An established leader: prepares, proposes, commits what a quorum has, applies it and has it answered. Nothing is
 * prepared
 * before the own tree holds the whole initial history, which start-up has seen to.
 */
final class Leading implements Role, CommitHandler
{
    private static final long NS_PER_MS = 1_000_000L;

    private final Node node;
    private final LeaderBroadcast broadcast;
    private final OutstandingChanges changes;
    private final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer(4096));
    private final Preparer preparer;
    private final RequestContext requestContext = new RequestContext();
    private final SessionIds sessionIds;
    private final SessionClock sessions;
    private final Reaper reaper;
    private long nowMs;
    private boolean isSecretProposed;

    Leading(final Node node, final long epoch)
    {
        this.node = node;
        final MemoryLedger ledger = node.ledger();
        broadcast = new LeaderBroadcast(node.journal(), ledger, node.serverId(), node.quorum(), epoch,
            node.replica().lastAppliedZxid(), node.context().proposalRingLength(), this);
        changes = new OutstandingChanges(node.replica().tree(), node.replica().sessions(), ledger);
        preparer = new Preparer(node.replica().tree(), changes, node.context().aclSettings(), node.replica().quotas(),
            node.context().prepareSettings(), txn);
        sessionIds = new SessionIds(node.serverId(), node.incarnation());
        sessions = new SessionClock(node.context().tickTimeMs(), node.replica().sessions(), node.nowNs());
        reaper = new Reaper(node.replica().tree(), node.context().reaperSettings(), this::reap, node.nowNs());
        node.znodeCursors().add(reaper);
    }

    @Override
    public String roleName()
    {
        return "leading";
    }

    @Override
    public boolean isServing()
    {
        return node.replica().passwords().hasSecret();
    }

    @Override
    public int doWork(final long nowNs, final long newNowMs)
    {
        nowMs = newNowMs;
        int work = 0;
        if (!isSecretProposed && !isServing())
        {
            isSecretProposed = proposeSecret();
            work++;
        }
        sessions.advance(nowNs, node.isAfterIdle());
        work += expireSessions();
        work += reaper.doWork(nowNs, newNowMs);

        return work;
    }

    /** The first leader ever draws the secret of the ensemble; nobody is served before it is applied. */
    private boolean proposeSecret()
    {
        begin(0, 0);
        final UnsafeBuffer secret = new UnsafeBuffer(node.context().sessionSecret());
        txn.secret(secret, 0, secret.capacity());

        return propose(EventSink.NO_ARRIVAL);
    }

    private int expireSessions()
    {
        int expired = 0;
        Session session = sessions.pollOverdue();
        while (session != null)
        {
            if (!session.isClosing() && !proposeClose(session, true, 0, EventSink.NO_ARRIVAL))
            {
                sessions.overdueAgain(session);
                break;
            }
            expired++;
            session = sessions.pollOverdue();
        }

        return expired;
    }

    private boolean proposeClose(final Session session, final boolean expired, final long sequence,
        final long arrivalNs)
    {
        final boolean wasClosing = session.isClosing();
        begin(session.id(), sequence);
        preparer.prepareClose(session, expired);
        final boolean isProposed = propose(arrivalNs);
        if (!isProposed && !wasClosing)
        {
            session.notClosing();
        }
        else if (expired && !wasClosing)
        {
            node.events().onSessionExpired(session.id(), session.timeoutMs());
            node.events().onCount(Count.SESSIONS_EXPIRED, 1);
        }

        return isProposed;
    }

    private boolean reap(final DirectBuffer path, final int length)
    {
        begin(0, 0);
        if (preparer.prepareReaped(path, 0, length) != ErrorCode.OK)
        {
            changes.rollback();
            return true;
        }

        final boolean isProposed = propose(EventSink.NO_ARRIVAL);
        if (isProposed)
        {
            node.events().onCount(Count.ZNODES_REAPED, 1);
        }

        return isProposed;
    }

    private void begin(final long sessionId, final long sequence)
    {
        final DataTree tree = node.replica().tree();
        final long digestZxid = tree.keepsDigest() ? node.replica().lastAppliedZxid() : Outcome.NO_DIGEST;
        txn.begin(sessionId, nowMs, node.serverId(), node.incarnation(), sequence, digestZxid, tree.digest());
    }

    private boolean propose(final long arrivalNs)
    {
        final long zxid = broadcast.nextZxid();
        if (!broadcast.propose(txn.buffer(), 0, txn.length()))
        {
            changes.rollback();
            return false;
        }

        changes.commit(zxid);
        node.events().onProposed(zxid, arrivalNs);
        node.events().onCount(Count.PROPOSALS, 1);

        return true;
    }

    @Override
    public int submit(final ClientConnection connection, final int opCode, final DirectBuffer buffer, final int offset,
        final int length, final long sequence, final long arrivalNs)
    {
        if (!node.hasSpace())
        {
            node.events().onCount(Count.WRITES_REFUSED_NO_SPACE, 1);
            return ErrorCode.SYSTEM_ERROR;
        }

        final Session session = connection.session();
        begin(session.id(), sequence);
        final int error = preparer.prepare(opCode, buffer, offset, length, session,
            requestContext.of(session.id(), connection.identities(), nowMs));
        if (error == Preparer.UNDECODABLE)
        {
            return ErrorCode.MARSHALLING_ERROR;
        }
        if (txn.length() > broadcast.payloadLengthMax())
        {
            changes.rollback();
            txn.error(ErrorCode.BAD_ARGUMENTS);
        }
        if (error == ErrorCode.QUOTA_EXCEEDED)
        {
            node.events().onCount(Count.QUOTA_EXCEEDED, 1);
        }

        return propose(arrivalNs) ? PROPOSED : REFUSED;
    }

    @Override
    public int createSession(final int timeoutMs, final long sequence, final long arrivalNs)
    {
        if (!node.hasSpace())
        {
            return ErrorCode.SYSTEM_ERROR;
        }

        begin(sessionIds.next(), sequence);
        txn.createSession(timeoutMs);

        return propose(arrivalNs) ? PROPOSED : REFUSED;
    }

    @Override
    public int moveSession(final Session session, final long sequence, final long arrivalNs)
    {
        begin(session.id(), sequence);
        txn.moveSession(session.attachNumber() + 1);

        return propose(arrivalNs) ? PROPOSED : REFUSED;
    }

    @Override
    public int closeSession(final Session session, final long sequence, final long arrivalNs)
    {
        return proposeClose(session, false, sequence, arrivalNs) ? PROPOSED : REFUSED;
    }

    @Override
    public void touch(final Session session)
    {
        sessions.touch(session);
    }

    @Override
    public int onDurable(final long zxid)
    {
        node.events().onStage(TxnStage.DURABLE, zxid);

        return broadcast.onDurable(zxid);
    }

    @Override
    public void onCommit(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        node.events().onStage(TxnStage.COMMITTED, zxid);
        node.events().onCount(Count.COMMITS, 1);
        final Outcome outcome = node.apply(zxid, payload, offset, length);
        changes.onApplied(zxid);
        if (outcome.createdSession() != null)
        {
            sessions.add(outcome.createdSession());
        }
        if (outcome.closedSession() != null)
        {
            sessions.remove(outcome.closedSession());
        }
        node.onApplied(outcome);
        node.events().onStage(TxnStage.APPLIED, zxid);
    }

    @Override
    public long nextDeadlineNs(final long nowNs)
    {
        return Math.min(nowNs + sessions.untilNextTickMs() * NS_PER_MS, reaper.nextDeadlineNs());
    }

    @Override
    public Role next()
    {
        return this;
    }

    /** How long a session still has, for people who ask. */
    long expiresInMs(final Session session)
    {
        return sessions.expiresInMs(session);
    }

    @Override
    public void close()
    {
        node.znodeCursors().remove(reaper);
        changes.close();
        broadcast.close();
    }
}
