/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.apply.Outcome;
import io.caracal.engine.client.ClientConnection;
import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.TxnStage;
import io.caracal.engine.session.Session;
import io.caracal.engine.zab.CommitHandler;
import io.caracal.engine.zab.Epochs;
import io.caracal.engine.zab.PeerStatement;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.codec.CommitDecoder;
import io.caracal.engine.zab.codec.HeartbeatDecoder;
import io.caracal.engine.zab.codec.HistoryRecordDecoder;
import io.caracal.engine.zab.codec.LeaderInfoDecoder;
import io.caracal.engine.zab.codec.LeaveDecoder;
import io.caracal.engine.zab.codec.NewLeaderDecoder;
import io.caracal.engine.zab.codec.PeerState;
import io.caracal.engine.zab.codec.ProposalDecoder;
import io.caracal.engine.zab.codec.RequestFailedDecoder;
import io.caracal.engine.zab.codec.SnapshotBeginDecoder;
import io.caracal.engine.zab.codec.SnapshotPieceDecoder;
import io.caracal.engine.zab.codec.SyncAnswerDecoder;
import io.caracal.engine.zab.codec.SyncBeginDecoder;
import io.caracal.engine.zab.codec.UpToDateDecoder;
import io.caracal.engine.zab.sync.LearnerSync;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A follower or an observer, from the election of its leader to the end of their conversation: phases 1 to 3 of ZAB.
 */
final class Learning implements Role, CommitHandler
{
    /** Transactions that are applied in one duty cycle. */
    private static final int APPLY_MAX = 1024;

    private final Node node;
    private final long leader;
    private final boolean votes;
    private final long conversation;
    private final LearnerSync sync;
    private final Announcement announcement;
    private final LearnerIntake intake;
    private final LearnerPulse pulse;
    private final Headway headway;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private Phase phase = Phase.ATTACHING;
    private long epoch;
    private boolean isStoring;
    private boolean isTold;
    private long ackedZxid;
    private long lastInfoNs = Long.MIN_VALUE;
    private String endReason;

    /** How far the learner is with its leader. */
    private enum Phase
    {
        /** The leader is to hear where this server stands, and to say which epoch it wants promised. */
        ATTACHING,
        /** The promise is being made durable. */
        PROMISING,
        /** The leader is to hear of the promise. */
        PROMISED,
        /** The history becomes the leader's. */
        SYNCING,
        /** The history, then the epoch, are being made durable. */
        ADOPTING,
        /** The leader is to hear of that. */
        ADOPTED,
        /** The epoch is to be established. */
        WAITING,
        /** It is; what the history ends with is being applied. */
        APPLYING,
        /** Clients are served. */
        ESTABLISHED
    }

    Learning(final Node node, final long leader, final boolean votes)
    {
        this.node = node;
        this.leader = leader;
        this.votes = votes;
        conversation = node.nextConversation();
        sync = new LearnerSync(node.log(), node.context().ports().snapshots(), node.treeReplacement());
        announcement =
            new Announcement(node, node.isVoter() ? PeerState.FOLLOWING : PeerState.OBSERVING, leader,
                votes);
        intake = new LearnerIntake(node, leader, conversation);
        pulse = new LearnerPulse(node, leader, conversation);
        headway = new Headway(node.times().initLimitNs(), node.watchNs());
        node.snapshots().receiver(new Receiver());
    }

    /** Takes what becomes of a snapshot of the leader. */
    private final class Receiver implements SnapshotReceiver
    {
        @Override
        public void onReceived(final long zxid)
        {
            sync.onReceived(zxid);
            node.events().onNotice("the snapshot of the leader is whole on disk, it is loaded", leader);
        }

        @Override
        public void onReceiveFailed()
        {
            sync.onReceiveFailed();
            node.onSnapshotRefused();
        }
    }

    @Override
    public String roleName()
    {
        return node.isVoter() ? "following" : "observing";
    }

    @Override
    public boolean isServing()
    {
        return phase == Phase.ESTABLISHED && endReason == null && node.replica().passwords().hasSecret() &&
            pulse.isSureOfLeader();
    }

    @Override
    public boolean keepsRequests()
    {
        return true;
    }

    @Override
    public int doWork(final long nowNs, final long nowMs)
    {
        int work = node.epochs().poll();
        work += sync.doWork();
        if (endReason != null)
        {
            return work;
        }

        work += announcement.doWork();
        work += step(nowNs);
        work += mayApply() ? node.log().deliver(APPLY_MAX, this) : 0;
        work += pulse.doWork(headway.steps());
        judge();

        return work;
    }

    /**
     * Applying answers clients, who take that as a sign that their sessions live: a learner that has lost touch with
     * its leader says nothing to them, not even what is true.
     */
    private boolean mayApply()
    {
        return sync.isPrefix() && (phase != Phase.ESTABLISHED || pulse.isSureOfLeader());
    }

    private int step(final long nowNs)
    {
        final Phase before = phase;
        switch (phase)
        {
            case ATTACHING -> attach(nowNs);
            case PROMISING -> promise();
            case PROMISED -> tellPromise();
            case SYNCING -> phase = sync.isComplete() ? Phase.ADOPTING : phase;
            case ADOPTING -> adopt();
            case ADOPTED -> tellAdopted(nowNs);
            case APPLYING -> establish();
            case ESTABLISHED -> {
                tellEstablished();
                return node.desk().resend(this) > 0 ? 1 : 0;
            }
            case WAITING -> {
                return 0;
            }
        }

        return phase == before ? 0 : 1;
    }

    /** Says where this server stands, again from time to time: the leader may not have known yet that it leads. */
    private void attach(final long nowNs)
    {
        if (!node.links().isUp(leader))
        {
            return;
        }

        if (lastInfoNs == Long.MIN_VALUE || nowNs - lastInfoNs >= node.times().heartbeatNs())
        {
            final Epochs epochs = node.epochs();
            final boolean isSent = node.sender().learnerInfo(leader, conversation, epochs.accepted(),
                epochs.acceptedLeader(), epochs.current(), node.log().lastZxid(), votes);
            lastInfoNs = isSent ? nowNs : lastInfoNs;
        }
    }

    /**
     * Only a promise that counts is kept: one that did not would make a server whose disk was lost look like one that
     * remembers, and vote, before it has the history again.
     */
    private void promise()
    {
        final Epochs epochs = node.epochs();
        if (epochs.accepted() == epoch && epochs.acceptedLeader() == leader && epochs.isSettled())
        {
            isStoring = false;
            phase = Phase.PROMISED;
        }
        else if (!isStoring)
        {
            isStoring = epochs.store(epoch, leader, epochs.current());
        }
    }

    private void tellPromise()
    {
        if (node.sender().ackEpoch(leader, conversation, epoch, node.epochs().current(), node.log().lastZxid(),
            node.takesSnapshot()))
        {
            phase = Phase.SYNCING;
        }
    }

    /**
     * All of the history is made durable before the epoch, also what was the own one: its end may never have been. A
     * learner that comes back within the epoch has adopted that before, and is given more of its history all the same:
     * the leader counts up to the end of it.
     */
    private void adopt()
    {
        if (node.log().durableZxid() < sync.endZxid())
        {
            return;
        }

        final Epochs epochs = node.epochs();
        if (epochs.current() == epoch && epochs.isSettled())
        {
            phase = Phase.ADOPTED;
        }
        else if (!isStoring)
        {
            isStoring = epochs.store(epoch, leader, epoch);
        }
    }

    private void tellAdopted(final long nowNs)
    {
        if (node.sender().ackNewLeader(leader, conversation, epoch))
        {
            ackedZxid = sync.endZxid();
            pulse.onAdopted(nowNs);
            phase = Phase.WAITING;
        }
    }

    /** Only what is applied tells which requests of clients are in the history and which have to be sent again. */
    private void establish()
    {
        if (node.log().history().appliedZxid() >= sync.endZxid())
        {
            node.onEstablished();
            intake.begin();
            pulse.reportAll();
            announcement.counts();
            phase = Phase.ESTABLISHED;
        }
    }

    /** Told when clients can be served, which takes the secret of their passwords. */
    private void tellEstablished()
    {
        if (!isTold && node.replica().passwords().hasSecret())
        {
            isTold = true;
            node.events().onState(roleName(), "established");
        }
    }

    /** A server whose disk does not keep up leaves those who can do without it; its clients find another one. */
    private boolean isDispensable()
    {
        return phase == Phase.ESTABLISHED && !node.disk().isFit() && pulse.isSpared();
    }

    /** How far it is with its leader: any change of it is headway. */
    private long height()
    {
        return 31 * (31 * (31 * (phase.ordinal() + 31L * sync.progress()) + node.log().lastZxid()) +
            node.log().durableZxid()) + node.log().history().appliedZxid();
    }

    /**
     * Whether it waits for its leader in vain. While it works itself, the leader judges: a learner that left because of
     * its own disk would leave nobody better.
     */
    private boolean isStuck()
    {
        if (phase == Phase.WAITING || phase == Phase.ESTABLISHED)
        {
            headway.rest(node.watchNs());
            return false;
        }

        return headway.isStuck(height(), node.watchNs()) && !isWorking();
    }

    private boolean isWorking()
    {
        return phase == Phase.PROMISING || phase == Phase.ADOPTING || (phase == Phase.SYNCING && sync.isWorking());
    }

    private void judge()
    {
        if (sync.problem() != null)
        {
            end(sync.problem());
            node.context().peers().close(leader);
        }
        else if (node.context().peers().isDrained() && pulse.isLeaderSilent())
        {
            node.patience().onGivenUp(leader, node.watchNs());
            end("the leader is silent");
            node.context().peers().close(leader);
        }
        else if (isStuck())
        {
            end("the synchronization stands still for initLimit ticks");
            node.context().peers().close(leader);
        }
        else if (isDispensable())
        {
            end(node.disk().problem());
            node.desk().closeAll();
        }
    }

    private void end(final String reason)
    {
        endReason = endReason == null ? reason : endReason;
    }

    @Override
    public int send()
    {
        int sent = pulse.sendTouches();
        final boolean acknowledges = node.isVoter() && (phase == Phase.WAITING || phase == Phase.APPLYING ||
            phase == Phase.ESTABLISHED);
        final long durableZxid = Math.min(node.log().durableZxid(), node.log().lastZxid());
        if (acknowledges && durableZxid > ackedZxid && node.sender().ack(leader, conversation, durableZxid))
        {
            ackedZxid = durableZxid;
            sent++;
        }

        return sent;
    }

    @Override
    public void onLinkUp(final long server)
    {
        announcement.onLinkUp(server);
        lastInfoNs = server == leader ? Long.MIN_VALUE : lastInfoNs;
    }

    @Override
    public void onLinkDown(final long server, final LinkEnd linkEnd)
    {
        if (server == leader)
        {
            end("the link with the leader ended");
        }
    }

    @Override
    public boolean onStatement(final long from, final PeerStatement statement)
    {
        announcement.onStatement(from, statement);
        if (from == leader && statement.state() == PeerState.LEADING)
        {
            lastInfoNs = phase == Phase.ATTACHING ? Long.MIN_VALUE : lastInfoNs;
        }
        else if (from == leader && (phase != Phase.ATTACHING || !statement.isLooking()))
        {
            end("the leader leads no more");
        }

        return true;
    }

    private boolean isOfThisConversation(final long from, final long number)
    {
        final boolean isOurs = from == leader && number == conversation && endReason == null;
        if (isOurs)
        {
            pulse.onHeard();
        }

        return isOurs;
    }

    @Override
    public boolean onLeaderInfo(final long from, final LeaderInfoDecoder message)
    {
        if (!isOfThisConversation(from, message.conversation()) || phase != Phase.ATTACHING)
        {
            return true;
        }

        epoch = message.epoch();
        final Epochs epochs = node.epochs();
        if (epochs.current() == epoch && node.patience().onBack(leader, node.watchNs()))
        {
            node.events().onNotice("the leader was given up too early, silence is borne longer now", leader);
        }
        final boolean isPromisedToIt = epochs.accepted() == epoch && epochs.acceptedLeader() == leader;
        if (epoch > epochs.accepted() || isPromisedToIt)
        {
            phase = votes ? Phase.PROMISING : Phase.PROMISED;
        }
        else
        {
            end("a later epoch is promised to another leader");
        }

        return true;
    }

    @Override
    public boolean onSyncBegin(final long from, final SyncBeginDecoder message)
    {
        if (isOfThisConversation(from, message.conversation()))
        {
            sync.onSyncBegin(message);
            node.log().onCommitted(message.committedZxid());
        }

        return true;
    }

    @Override
    public boolean onHistoryRecord(final long from, final HistoryRecordDecoder message)
    {
        return !isOfThisConversation(from, message.conversation()) || sync.onHistoryRecord(message);
    }

    @Override
    public boolean onSnapshotBegin(final long from, final SnapshotBeginDecoder message)
    {
        return !isOfThisConversation(from, message.conversation()) || sync.onSnapshotBegin(message);
    }

    @Override
    public boolean onSnapshotPiece(final long from, final SnapshotPieceDecoder message)
    {
        return !isOfThisConversation(from, message.conversation()) || sync.onSnapshotPiece(message);
    }

    @Override
    public boolean onNewLeader(final long from, final NewLeaderDecoder message)
    {
        if (isOfThisConversation(from, message.conversation()) && message.epoch() == epoch)
        {
            sync.onNewLeader(message);
        }

        return true;
    }

    @Override
    public boolean onUpToDate(final long from, final UpToDateDecoder message)
    {
        if (isOfThisConversation(from, message.conversation()) && phase == Phase.WAITING)
        {
            node.log().onCommitted(message.committedZxid());
            phase = Phase.APPLYING;
        }

        return true;
    }

    /** A proposal joins the history only when that is whole. */
    @Override
    public boolean onProposal(final long from, final ProposalDecoder message)
    {
        if (!isOfThisConversation(from, message.conversation()))
        {
            return true;
        }
        if (!sync.isComplete())
        {
            return false;
        }

        final long zxid = message.zxid();
        if (!Zxid.follows(zxid, node.log().lastZxid()))
        {
            end("a hole in what the leader proposes");
            node.context().peers().close(leader);
            return true;
        }

        message.wrapPayload(view);
        if (!node.log().append(zxid, view, 0, view.capacity()))
        {
            return false;
        }
        node.events().onProposed(zxid, EventSink.NO_ARRIVAL);
        node.log().onCommitted(message.committedZxid());

        return true;
    }

    @Override
    public boolean onCommit(final long from, final CommitDecoder message)
    {
        if (isOfThisConversation(from, message.conversation()))
        {
            node.log().onCommitted(message.zxid());
        }

        return true;
    }

    @Override
    public boolean onHeartbeat(final long from, final HeartbeatDecoder message)
    {
        if (isOfThisConversation(from, message.conversation()))
        {
            pulse.onHeartbeat(message);
            if (sync.isPrefix())
            {
                node.log().onCommitted(message.committedZxid());
            }
        }

        return true;
    }

    @Override
    public boolean onLeave(final long from, final LeaveDecoder message)
    {
        if (isOfThisConversation(from, message.conversation()))
        {
            node.links().onStatement(from, PeerStatement.NONE);
            end("the leader steps down");
        }

        return true;
    }

    @Override
    public boolean onRequestFailed(final long from, final RequestFailedDecoder message)
    {
        if (isOfThisConversation(from, message.conversation()))
        {
            node.desk().onRequestFailed(message.sequence(), message.errorCode());
        }

        return true;
    }

    @Override
    public boolean onSyncAnswer(final long from, final SyncAnswerDecoder message)
    {
        if (isOfThisConversation(from, message.conversation()))
        {
            node.desk().onSynced(message.syncId(), message.zxid());
        }

        return true;
    }

    @Override
    public void onTruncated(final long zxid)
    {
        sync.onTruncated(zxid);
    }

    @Override
    public void onDurable(final long zxid)
    {
        node.events().onStage(TxnStage.DURABLE, zxid);
    }

    @Override
    public void onCommit(final long zxid, final DirectBuffer payload, final int offset, final int length)
    {
        node.events().onStage(TxnStage.COMMITTED, zxid);
        node.events().onCount(Count.COMMITS, 1);
        final Outcome outcome = node.apply(zxid, payload, offset, length);
        node.onApplied(outcome);
        node.events().onStage(TxnStage.APPLIED, zxid);
    }

    @Override
    public int submit(final ClientConnection connection, final int opCode, final DirectBuffer buffer, final int offset,
        final int length, final long sequence, final long arrivalNs)
    {
        return intake.submit(connection, opCode, buffer, offset, length, sequence);
    }

    @Override
    public int createSession(final int timeoutMs, final long sequence, final long arrivalNs)
    {
        return intake.createSession(timeoutMs, sequence);
    }

    @Override
    public int moveSession(final Session session, final long sequence, final long arrivalNs)
    {
        return intake.moveSession(session, sequence);
    }

    @Override
    public int closeSession(final Session session, final long sequence, final long arrivalNs)
    {
        return intake.closeSession(session, sequence);
    }

    @Override
    public int sync(final long syncId)
    {
        return intake.sync(syncId);
    }

    @Override
    public void touch(final Session session)
    {
        pulse.touch(session);
    }

    @Override
    public long nextDeadlineNs(final long nowNs)
    {
        return node.log().hasCommitted() && mayApply() ? nowNs :
            nowNs + node.times().heartbeatNs();
    }

    @Override
    public Role next()
    {
        return endReason == null || !sync.isInterruptible() ? this : new Looking(node);
    }

    @Override
    public String reason()
    {
        return endReason;
    }

    /** Who leads. */
    long leader()
    {
        return leader;
    }

    /** Whether the epoch is established. */
    boolean isEstablished()
    {
        return phase == Phase.ESTABLISHED;
    }

    @Override
    public void close()
    {
        sync.close();
        node.snapshots().resume();
        if (node.links().isUp(leader) && !node.sender().leave(leader, conversation))
        {
            node.context().peers().close(leader);
        }
    }
}
