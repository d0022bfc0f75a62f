/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.zab.codec.AckDecoder;
import io.caracal.engine.zab.codec.AckEpochDecoder;
import io.caracal.engine.zab.codec.AckNewLeaderDecoder;
import io.caracal.engine.zab.codec.CommitDecoder;
import io.caracal.engine.zab.codec.HeartbeatDecoder;
import io.caracal.engine.zab.codec.HeartbeatAnswerDecoder;
import io.caracal.engine.zab.codec.HistoryRecordDecoder;
import io.caracal.engine.zab.codec.LeaderInfoDecoder;
import io.caracal.engine.zab.codec.LearnerInfoDecoder;
import io.caracal.engine.zab.codec.LeaveDecoder;
import io.caracal.engine.zab.codec.MessageHeaderDecoder;
import io.caracal.engine.zab.codec.NewLeaderDecoder;
import io.caracal.engine.zab.codec.NotificationDecoder;
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
import org.agrona.DirectBuffer;

/**
 * Decodes the messages of other servers and hands them to the present role. A message that is foreign, older than this
 * version understands, or cut short is counted and otherwise ignored.
 */
public final class PeerInbox
{
    private static final int UNKNOWN = -1;
    /** Block lengths of version 0; fields that were added later have a value that means absent. */
    private static final int ACK_EPOCH_LENGTH_MIN = AckEpochDecoder.takesSnapshotEncodingOffset();
    private static final int HEARTBEAT_LENGTH_MIN = HeartbeatDecoder.isSparedEncodingOffset();
    private static final int HEARTBEAT_ANSWER_LENGTH_MIN = HeartbeatAnswerDecoder.hasRoomEncodingOffset();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NotificationDecoder notification = new NotificationDecoder();
    private final LearnerInfoDecoder learnerInfo = new LearnerInfoDecoder();
    private final LeaderInfoDecoder leaderInfo = new LeaderInfoDecoder();
    private final AckEpochDecoder ackEpoch = new AckEpochDecoder();
    private final SyncBeginDecoder syncBegin = new SyncBeginDecoder();
    private final HistoryRecordDecoder historyRecord = new HistoryRecordDecoder();
    private final SnapshotBeginDecoder snapshotBegin = new SnapshotBeginDecoder();
    private final SnapshotPieceDecoder snapshotPiece = new SnapshotPieceDecoder();
    private final NewLeaderDecoder newLeader = new NewLeaderDecoder();
    private final AckNewLeaderDecoder ackNewLeader = new AckNewLeaderDecoder();
    private final UpToDateDecoder upToDate = new UpToDateDecoder();
    private final ProposalDecoder proposal = new ProposalDecoder();
    private final CommitDecoder commit = new CommitDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final HeartbeatDecoder heartbeat = new HeartbeatDecoder();
    private final HeartbeatAnswerDecoder heartbeatAnswer = new HeartbeatAnswerDecoder();
    private final TouchesDecoder touches = new TouchesDecoder();
    private final LeaveDecoder leave = new LeaveDecoder();
    private final RequestDecoder request = new RequestDecoder();
    private final RequestFailedDecoder requestFailed = new RequestFailedDecoder();
    private final SyncRequestDecoder syncRequest = new SyncRequestDecoder();
    private final SyncAnswerDecoder syncAnswer = new SyncAnswerDecoder();
    private final PeerMessageBounds bounds = new PeerMessageBounds();
    private final EventSink events;

    /**
     * Creates an inbox.
     *
     * @param events told of ignored messages.
     */
    public PeerInbox(final EventSink events)
    {
        this.events = events;
    }

    /**
     * Decodes one message and passes it to the handler.
     *
     * @param from    server that sent it.
     * @param buffer  holds the message; valid only during the call.
     * @param offset  of the message.
     * @param length  of the message in bytes.
     * @param links   records what each server says about its leader.
     * @param handler the present role.
     * @return true when the message was taken or ignored, false to have it offered again.
     */
    public boolean onMessage(final long from, final DirectBuffer buffer, final int offset, final int length,
        final PeerLinks links, final PeerMessageHandler handler)
    {
        if (!isWellFormed(buffer, offset, length))
        {
            events.onCount(Count.PEER_MESSAGES_PASSED_OVER, 1);
            return true;
        }

        if (header.templateId() == NotificationDecoder.TEMPLATE_ID)
        {
            final PeerStatement statement =
                PeerStatement.of(notification.wrapAndApplyHeader(buffer, offset, header));
            links.onStatement(from, statement);
            return handler.onStatement(from, statement);
        }

        return dispatch(from, buffer, offset, handler);
    }

    private boolean isWellFormed(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH)
        {
            return false;
        }

        header.wrap(buffer, offset);
        final int expected = blockLength(header.templateId());

        return header.schemaId() == MessageHeaderDecoder.SCHEMA_ID && expected != UNKNOWN &&
            header.blockLength() >= expected &&
            bounds.isWhole(header.templateId(), header.blockLength(), buffer, offset, length);
    }

    private static int blockLength(final int templateId)
    {
        return switch (templateId)
        {
            case NotificationDecoder.TEMPLATE_ID -> NotificationDecoder.BLOCK_LENGTH;
            case LearnerInfoDecoder.TEMPLATE_ID -> LearnerInfoDecoder.BLOCK_LENGTH;
            case LeaderInfoDecoder.TEMPLATE_ID -> LeaderInfoDecoder.BLOCK_LENGTH;
            case AckEpochDecoder.TEMPLATE_ID -> ACK_EPOCH_LENGTH_MIN;
            case SyncBeginDecoder.TEMPLATE_ID -> SyncBeginDecoder.BLOCK_LENGTH;
            case HistoryRecordDecoder.TEMPLATE_ID -> HistoryRecordDecoder.BLOCK_LENGTH;
            case SnapshotBeginDecoder.TEMPLATE_ID -> SnapshotBeginDecoder.BLOCK_LENGTH;
            case SnapshotPieceDecoder.TEMPLATE_ID -> SnapshotPieceDecoder.BLOCK_LENGTH;
            case NewLeaderDecoder.TEMPLATE_ID -> NewLeaderDecoder.BLOCK_LENGTH;
            case AckNewLeaderDecoder.TEMPLATE_ID -> AckNewLeaderDecoder.BLOCK_LENGTH;
            case UpToDateDecoder.TEMPLATE_ID -> UpToDateDecoder.BLOCK_LENGTH;
            case ProposalDecoder.TEMPLATE_ID -> ProposalDecoder.BLOCK_LENGTH;
            case CommitDecoder.TEMPLATE_ID -> CommitDecoder.BLOCK_LENGTH;
            case AckDecoder.TEMPLATE_ID -> AckDecoder.BLOCK_LENGTH;
            case HeartbeatDecoder.TEMPLATE_ID -> HEARTBEAT_LENGTH_MIN;
            case HeartbeatAnswerDecoder.TEMPLATE_ID -> HEARTBEAT_ANSWER_LENGTH_MIN;
            case TouchesDecoder.TEMPLATE_ID -> TouchesDecoder.BLOCK_LENGTH;
            case LeaveDecoder.TEMPLATE_ID -> LeaveDecoder.BLOCK_LENGTH;
            case RequestDecoder.TEMPLATE_ID -> RequestDecoder.BLOCK_LENGTH;
            case RequestFailedDecoder.TEMPLATE_ID -> RequestFailedDecoder.BLOCK_LENGTH;
            case SyncRequestDecoder.TEMPLATE_ID -> SyncRequestDecoder.BLOCK_LENGTH;
            case SyncAnswerDecoder.TEMPLATE_ID -> SyncAnswerDecoder.BLOCK_LENGTH;
            default -> UNKNOWN;
        };
    }

    private boolean dispatch(final long from, final DirectBuffer buffer, final int offset,
        final PeerMessageHandler handler)
    {
        return switch (header.templateId())
        {
            case LearnerInfoDecoder.TEMPLATE_ID ->
                handler.onLearnerInfo(from, learnerInfo.wrapAndApplyHeader(buffer, offset, header));
            case LeaderInfoDecoder.TEMPLATE_ID ->
                handler.onLeaderInfo(from, leaderInfo.wrapAndApplyHeader(buffer, offset, header));
            case AckEpochDecoder.TEMPLATE_ID ->
                handler.onAckEpoch(from, ackEpoch.wrapAndApplyHeader(buffer, offset, header));
            case SyncBeginDecoder.TEMPLATE_ID ->
                handler.onSyncBegin(from, syncBegin.wrapAndApplyHeader(buffer, offset, header));
            case HistoryRecordDecoder.TEMPLATE_ID ->
                handler.onHistoryRecord(from, historyRecord.wrapAndApplyHeader(buffer, offset, header));
            case SnapshotBeginDecoder.TEMPLATE_ID ->
                handler.onSnapshotBegin(from, snapshotBegin.wrapAndApplyHeader(buffer, offset, header));
            case SnapshotPieceDecoder.TEMPLATE_ID ->
                handler.onSnapshotPiece(from, snapshotPiece.wrapAndApplyHeader(buffer, offset, header));
            case NewLeaderDecoder.TEMPLATE_ID ->
                handler.onNewLeader(from, newLeader.wrapAndApplyHeader(buffer, offset, header));
            case AckNewLeaderDecoder.TEMPLATE_ID ->
                handler.onAckNewLeader(from, ackNewLeader.wrapAndApplyHeader(buffer, offset, header));
            case UpToDateDecoder.TEMPLATE_ID ->
                handler.onUpToDate(from, upToDate.wrapAndApplyHeader(buffer, offset, header));
            case ProposalDecoder.TEMPLATE_ID ->
                handler.onProposal(from, proposal.wrapAndApplyHeader(buffer, offset, header));
            case CommitDecoder.TEMPLATE_ID ->
                handler.onCommit(from, commit.wrapAndApplyHeader(buffer, offset, header));
            case AckDecoder.TEMPLATE_ID ->
                handler.onAck(from, ack.wrapAndApplyHeader(buffer, offset, header));
            case HeartbeatDecoder.TEMPLATE_ID ->
                handler.onHeartbeat(from, heartbeat.wrapAndApplyHeader(buffer, offset, header));
            case HeartbeatAnswerDecoder.TEMPLATE_ID ->
                handler.onHeartbeatAnswer(from, heartbeatAnswer.wrapAndApplyHeader(buffer, offset, header));
            case TouchesDecoder.TEMPLATE_ID ->
                handler.onTouches(from, touches.wrapAndApplyHeader(buffer, offset, header));
            case LeaveDecoder.TEMPLATE_ID ->
                handler.onLeave(from, leave.wrapAndApplyHeader(buffer, offset, header));
            case RequestDecoder.TEMPLATE_ID ->
                handler.onRequest(from, request.wrapAndApplyHeader(buffer, offset, header));
            case RequestFailedDecoder.TEMPLATE_ID ->
                handler.onRequestFailed(from, requestFailed.wrapAndApplyHeader(buffer, offset, header));
            case SyncRequestDecoder.TEMPLATE_ID ->
                handler.onSyncRequest(from, syncRequest.wrapAndApplyHeader(buffer, offset, header));
            case SyncAnswerDecoder.TEMPLATE_ID ->
                handler.onSyncAnswer(from, syncAnswer.wrapAndApplyHeader(buffer, offset, header));
            default -> true;
        };
    }
}
