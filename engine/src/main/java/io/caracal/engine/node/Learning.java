/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.client.WriteIntake;
import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.TxnStage;
import io.caracal.engine.zab.PeerStatement;
import io.caracal.engine.zab.broadcast.LearnerBroadcast;
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
import io.caracal.engine.zab.election.Obstacle;
import io.caracal.engine.zab.election.Standstill;
import io.caracal.engine.zab.sync.LearnerSync;
import org.agrona.DirectBuffer;

/**
 * The role of a follower or an observer, from the election of its leader to the end of their conversation: phases 1 to
 * 3 of ZAB.
 */
final class Learning implements Role
{
    private final Node node;
    private final long leader;
    private final long conversation;
    private final LearnerSync sync;
    private final Announcement announcement;
    private final LearnerIntake intake;
    private final LearnerPulse pulse;
    private final EpochEntry entry;
    private final LearnerBroadcast broadcast;
    private final LeaderClock leaderClock;
    private boolean isTold;
    private String endReason;

    Learning(final Node node, final long leader, final boolean votes)
    {
        this.node = node;
        this.leader = leader;
        conversation = node.nextConversation();
        sync = new LearnerSync(node.log(), node.context().ports().snapshots(), node.treeReplacement());
        announcement =
            new Announcement(node, node.isVoter() ? PeerState.FOLLOWING : PeerState.OBSERVING, leader, votes);
        pulse = new LearnerPulse(node, leader, conversation);
        intake = new LearnerIntake(node, leader, conversation, pulse, this::isServing);
        entry = new EpochEntry(node, leader, votes, conversation, sync, pulse);
        broadcast = new LearnerBroadcast(node.log(), node.sender(), node.events(), leader, conversation);
        leaderClock = new LeaderClock(node.events(), leader);
        node.snapshots().receiver(new Receiver());
    }

    /** Is told whether a snapshot that the leader sent could be stored on disk. */
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
        return entry.isEstablished() && endReason == null && node.hasSecret() && pulse.isSureOfLeader();
    }

    @Override
    public Standstill standstill()
    {
        return entry.isEstablished() ? NO_STANDSTILL : new Standstill(Obstacle.NOT_IN_SYNC, leader);
    }

    @Override
    public WriteIntake intake()
    {
        return intake;
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

        leaderClock.advance(nowNs, nowMs);
        work += announcement.doWork();
        work += entry.isEstablished() ? serve() : enter(nowNs);
        work += mayApply() ? node.applying().doWork(null) : 0;
        work += pulse.doWork(entry.steps());
        judge();

        return work;
    }

    /**
     * Whether transactions may be applied. Applying answers clients, and a client takes any answer as a sign that its
     * session lives. A learner that has lost touch with its leader cannot know that. So it says nothing to clients, not
     * even that a write of theirs is committed. This also holds on its way into the epoch.
     */
    private boolean mayApply()
    {
        return sync.isPrefix() && pulse.isSureOfLeader();
    }

    private int enter(final long nowNs)
    {
        final int work = entry.step(nowNs);
        if (entry.isEstablished())
        {
            node.onEstablished();
            intake.begin();
            pulse.reportAll();
            announcement.counts();
        }

        return work;
    }

    private int serve()
    {
        tellEstablished();

        return node.desk().resend(intake);
    }

    /**
     * Reports once that the role is established, as soon as clients can be served. That takes the secret of their
     * passwords.
     */
    private void tellEstablished()
    {
        if (!isTold && node.hasSecret())
        {
            isTold = true;
            node.events().onLeader(leader, entry.epoch());
            node.events().onState(roleName(), "established");
        }
    }

    /**
     * Whether this server had better leave, because its disk does not keep up and the others can do without it.
     */
    private boolean isDispensable()
    {
        return entry.isEstablished() && !node.disk().isFit() && pulse.isSpared();
    }

    private void judge()
    {
        if (sync.problem() != null)
        {
            endAndPart(sync.problem());
        }
        else if (node.context().peers().isDrained() && pulse.isLeaderSilent())
        {
            node.patience().onGivenUp(leader, node.watchNs());
            endAndPart("the leader is silent");
        }
        else if (entry.isStuck())
        {
            endAndPart("the synchronization stands still for initLimit ticks");
        }
        else if (isDispensable())
        {
            end(node.disk().problem());
            node.desk().disconnectAll();
        }
    }

    private void endAndPart(final String reason)
    {
        end(reason);
        node.context().peers().close(leader);
    }

    /** Notes why the role ends. The first reason counts; null means none. */
    private void end(final String reason)
    {
        endReason = endReason == null ? reason : endReason;
    }

    @Override
    public int send()
    {
        final boolean acknowledges = node.isVoter() && entry.isAcknowledging();

        return pulse.sendTouches() + (acknowledges ? broadcast.acknowledge(sync.endZxid()) : 0);
    }

    @Override
    public void onLinkUp(final long server)
    {
        announcement.onLinkUp(server);
        if (server == leader)
        {
            entry.attachAgain();
        }
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
            entry.attachAgain();
        }
        else if (from == leader && (!entry.isAttaching() || !statement.isLooking()))
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
        if (isOfThisConversation(from, message.conversation()) && entry.isAttaching())
        {
            end(entry.onLeaderInfo(message.epoch()));
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
        if (isOfThisConversation(from, message.conversation()) && message.epoch() == entry.epoch())
        {
            sync.onNewLeader(message);
        }

        return true;
    }

    @Override
    public boolean onUpToDate(final long from, final UpToDateDecoder message)
    {
        if (isOfThisConversation(from, message.conversation()))
        {
            entry.onUpToDate(message.committedZxid());
        }

        return true;
    }

    /** Takes a proposal. It waits until the history before it is complete, because it is appended to that. */
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

        if (!broadcast.isNext(message))
        {
            endAndPart("a hole in what the leader proposes");
            return true;
        }
        if (entry.isEstablished())
        {
            leaderClock.onProposal(message);
        }

        return take(message);
    }

    /**
     * Logs a proposal. If it has no room before something is applied, and nothing may be applied, only a sign of life
     * of the leader could help. But that comes behind the proposal, if it comes at all: the leader may be gone.
     */
    private boolean take(final ProposalDecoder message)
    {
        final boolean isTaken = broadcast.onProposal(message);
        final boolean isInVain = !isTaken && !broadcast.hasRoom() && !mayApply();
        if (isInVain)
        {
            endAndPart("this server is too far behind to hear its leader");
        }

        return isTaken || isInVain;
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
            node.log().onCommitted(message.committedZxid());
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
    public boolean lacksRoom()
    {
        return entry.isEstablished() && pulse.lacksRoom();
    }

    @Override
    public int orderRestore(final DirectBuffer buffer, final int offset, final int length)
    {
        return intake.restore(buffer, offset, length);
    }

    @Override
    public long nextDeadlineNs(final long nowNs)
    {
        return node.applying().hasWork() && mayApply() ? nowNs : nowNs + node.times().heartbeatNs();
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

    /** The id of the leader. */
    long leader()
    {
        return leader;
    }

    /** Whether the epoch is established. */
    boolean isEstablished()
    {
        return entry.isEstablished();
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
