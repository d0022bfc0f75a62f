/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.zab.codec.AckDecoder;
import io.caracal.engine.zab.codec.AckEpochDecoder;
import io.caracal.engine.zab.codec.AckNewLeaderDecoder;
import io.caracal.engine.zab.codec.CommitDecoder;
import io.caracal.engine.zab.codec.HeartbeatAnswerDecoder;
import io.caracal.engine.zab.codec.HeartbeatDecoder;
import io.caracal.engine.zab.codec.HistoryRecordDecoder;
import io.caracal.engine.zab.codec.LeaderInfoDecoder;
import io.caracal.engine.zab.codec.LearnerInfoDecoder;
import io.caracal.engine.zab.codec.LeaveDecoder;
import io.caracal.engine.zab.codec.NewLeaderDecoder;
import io.caracal.engine.zab.codec.ProposalDecoder;
import io.caracal.engine.zab.codec.RequestDecoder;
import io.caracal.engine.zab.codec.RequestFailedDecoder;
import io.caracal.engine.zab.codec.SnapshotBeginDecoder;
import io.caracal.engine.zab.codec.SnapshotPieceDecoder;
import io.caracal.engine.zab.codec.SyncAnswerDecoder;
import io.caracal.engine.zab.codec.SyncBeginDecoder;
import io.caracal.engine.zab.codec.SyncRequestDecoder;
import io.caracal.engine.zab.codec.TouchesDecoder;
import io.caracal.engine.zab.codec.UpToDateDecoder;

/**
 * Receives the messages of other servers, one method for each kind. A role overrides the methods for the messages it
 * expects; the defaults ignore the message.
 * <p>
 * Each method gets the server id of the sender and a decoder that is valid only during the call. It returns true when
 * the message was taken or ignored, and false when there is no room for it at the moment. In that case the same message
 * is offered again before any later one of its stream.
 */
public interface PeerMessageHandler
{
    /** A server says in which state it is and whom it votes for or follows (a notification of the election). */
    default boolean onStatement(final long from, final PeerStatement statement)
    {
        return true;
    }

    /** A learner attaches to this server, its leader, and says where its history ends (FOLLOWERINFO, OBSERVERINFO). */
    default boolean onLearnerInfo(final long from, final LearnerInfoDecoder message)
    {
        return true;
    }

    /** The leader has chosen an epoch and asks this learner to promise it (LEADERINFO). */
    default boolean onLeaderInfo(final long from, final LeaderInfoDecoder message)
    {
        return true;
    }

    /** A learner has promised the leader's epoch, durably (ACKEPOCH). */
    default boolean onAckEpoch(final long from, final AckEpochDecoder message)
    {
        return true;
    }

    /** The leader says how this learner's history is made equal to its own: by DIFF, TRUNC or SNAP. */
    default boolean onSyncBegin(final long from, final SyncBeginDecoder message)
    {
        return true;
    }

    /** During synchronization: one transaction of the leader's history that this learner lacks. */
    default boolean onHistoryRecord(final long from, final HistoryRecordDecoder message)
    {
        return true;
    }

    /** During synchronization: a snapshot file of the leader follows in pieces. */
    default boolean onSnapshotBegin(final long from, final SnapshotBeginDecoder message)
    {
        return true;
    }

    /** The next bytes of the snapshot file. */
    default boolean onSnapshotPiece(final long from, final SnapshotPieceDecoder message)
    {
        return true;
    }

    /** The leader has sent all of its history; this learner must now make it durable (NEWLEADER). */
    default boolean onNewLeader(final long from, final NewLeaderDecoder message)
    {
        return true;
    }

    /** A learner has made the leader's history and epoch durable (the acknowledgement of NEWLEADER). */
    default boolean onAckNewLeader(final long from, final AckNewLeaderDecoder message)
    {
        return true;
    }

    /** A quorum has adopted the epoch: this learner may serve clients (UPTODATE). */
    default boolean onUpToDate(final long from, final UpToDateDecoder message)
    {
        return true;
    }

    /**
     * The next transaction. A voter receives it when it is proposed (PROPOSAL), an observer when it is committed
     * (INFORM).
     */
    default boolean onProposal(final long from, final ProposalDecoder message)
    {
        return true;
    }

    /** The leader says up to which zxid everything is committed. */
    default boolean onCommit(final long from, final CommitDecoder message)
    {
        return true;
    }

    /** A learner says up to which zxid everything is durable on its disk. */
    default boolean onAck(final long from, final AckDecoder message)
    {
        return true;
    }

    /** A sign of life from the leader, which the learner must answer. */
    default boolean onHeartbeat(final long from, final HeartbeatDecoder message)
    {
        return true;
    }

    /** A learner answers a heartbeat, and reports its progress and the state of its disk. */
    default boolean onHeartbeatAnswer(final long from, final HeartbeatAnswerDecoder message)
    {
        return true;
    }

    /** A learner names the sessions whose clients have given a sign of life. */
    default boolean onTouches(final long from, final TouchesDecoder message)
    {
        return true;
    }

    /** The other side ends the conversation: a leader steps down, or a learner looks for another leader. */
    default boolean onLeave(final long from, final LeaveDecoder message)
    {
        return true;
    }

    /** A learner forwards a write of one of its clients (REQUEST). */
    default boolean onRequest(final long from, final RequestDecoder message)
    {
        return true;
    }

    /** The leader refuses a request of this learner; it will not become a transaction. */
    default boolean onRequestFailed(final long from, final RequestFailedDecoder message)
    {
        return true;
    }

    /** A learner asks up to which zxid it must apply to have seen everything that is committed now (SYNC). */
    default boolean onSyncRequest(final long from, final SyncRequestDecoder message)
    {
        return true;
    }

    /**
     * The leader answers a sync: a learner that has applied everything up to this zxid has seen all that was committed
     * when it asked.
     */
    default boolean onSyncAnswer(final long from, final SyncAnswerDecoder message)
    {
        return true;
    }
}
