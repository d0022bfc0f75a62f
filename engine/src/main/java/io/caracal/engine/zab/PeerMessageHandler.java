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
 * What other servers say, message by message. What a role does not expect it passes over: that is what the defaults do.
 * Each method returns true when the message was taken, false to have it offered again.
 */
public interface PeerMessageHandler
{
    /** Whom a server votes for or follows. */
    default boolean onStatement(final long from, final PeerStatement statement)
    {
        return true;
    }

    /** A learner attaches to this server. */
    default boolean onLearnerInfo(final long from, final LearnerInfoDecoder message)
    {
        return true;
    }

    /** The epoch that the leader wants to be promised. */
    default boolean onLeaderInfo(final long from, final LeaderInfoDecoder message)
    {
        return true;
    }

    /** A learner promised. */
    default boolean onAckEpoch(final long from, final AckEpochDecoder message)
    {
        return true;
    }

    /** How this learner's history becomes the leader's. */
    default boolean onSyncBegin(final long from, final SyncBeginDecoder message)
    {
        return true;
    }

    /** A transaction of the leader's history. */
    default boolean onHistoryRecord(final long from, final HistoryRecordDecoder message)
    {
        return true;
    }

    /** A snapshot file follows. */
    default boolean onSnapshotBegin(final long from, final SnapshotBeginDecoder message)
    {
        return true;
    }

    /** Next bytes of the snapshot file. */
    default boolean onSnapshotPiece(final long from, final SnapshotPieceDecoder message)
    {
        return true;
    }

    /** The history ends. */
    default boolean onNewLeader(final long from, final NewLeaderDecoder message)
    {
        return true;
    }

    /** A learner made history and epoch durable. */
    default boolean onAckNewLeader(final long from, final AckNewLeaderDecoder message)
    {
        return true;
    }

    /** The epoch is established. */
    default boolean onUpToDate(final long from, final UpToDateDecoder message)
    {
        return true;
    }

    /** A transaction, proposed or (to an observer) committed. */
    default boolean onProposal(final long from, final ProposalDecoder message)
    {
        return true;
    }

    /** Everything up to a zxid is committed. */
    default boolean onCommit(final long from, final CommitDecoder message)
    {
        return true;
    }

    /** Everything up to a zxid is durable at a learner. */
    default boolean onAck(final long from, final AckDecoder message)
    {
        return true;
    }

    /** The leader lives. */
    default boolean onHeartbeat(final long from, final HeartbeatDecoder message)
    {
        return true;
    }

    /** A learner lives. */
    default boolean onHeartbeatAnswer(final long from, final HeartbeatAnswerDecoder message)
    {
        return true;
    }

    /** Sessions that gave a sign of life at a learner. */
    default boolean onTouches(final long from, final TouchesDecoder message)
    {
        return true;
    }

    /** The other side ends the conversation. */
    default boolean onLeave(final long from, final LeaveDecoder message)
    {
        return true;
    }

    /** A write of a learner's client. */
    default boolean onRequest(final long from, final RequestDecoder message)
    {
        return true;
    }

    /** The leader answers a request without a transaction. */
    default boolean onRequestFailed(final long from, final RequestFailedDecoder message)
    {
        return true;
    }

    /** A learner asks up to where everything is settled. */
    default boolean onSyncRequest(final long from, final SyncRequestDecoder message)
    {
        return true;
    }

    /** The leader says up to where everything is settled. */
    default boolean onSyncAnswer(final long from, final SyncAnswerDecoder message)
    {
        return true;
    }
}
