/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

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
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Names messages between servers for people. */
final class PeerMessageNames
{
    private static final int FIRST_FIELD = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int SECOND_FIELD = FIRST_FIELD + Long.BYTES;

    private PeerMessageNames()
    {
    }

    static String name(final DirectBuffer buffer, final int offset)
    {
        return switch (templateId(buffer, offset))
        {
            case NotificationDecoder.TEMPLATE_ID -> "Notification";
            case LearnerInfoDecoder.TEMPLATE_ID -> "LearnerInfo";
            case LeaderInfoDecoder.TEMPLATE_ID -> "LeaderInfo";
            case AckEpochDecoder.TEMPLATE_ID -> "AckEpoch";
            case SyncBeginDecoder.TEMPLATE_ID -> "SyncBegin";
            case HistoryRecordDecoder.TEMPLATE_ID -> "HistoryRecord";
            case SnapshotBeginDecoder.TEMPLATE_ID -> "SnapshotBegin";
            case SnapshotPieceDecoder.TEMPLATE_ID -> "SnapshotPiece";
            case NewLeaderDecoder.TEMPLATE_ID -> "NewLeader";
            case AckNewLeaderDecoder.TEMPLATE_ID -> "AckNewLeader";
            case UpToDateDecoder.TEMPLATE_ID -> "UpToDate";
            case ProposalDecoder.TEMPLATE_ID -> "Proposal";
            case CommitDecoder.TEMPLATE_ID -> "Commit";
            case AckDecoder.TEMPLATE_ID -> "Ack";
            case HeartbeatDecoder.TEMPLATE_ID -> "Heartbeat";
            case HeartbeatAnswerDecoder.TEMPLATE_ID -> "HeartbeatAnswer";
            case TouchesDecoder.TEMPLATE_ID -> "Touches";
            case LeaveDecoder.TEMPLATE_ID -> "Leave";
            case RequestDecoder.TEMPLATE_ID -> "Request";
            case RequestFailedDecoder.TEMPLATE_ID -> "RequestFailed";
            case SyncRequestDecoder.TEMPLATE_ID -> "SyncRequest";
            case SyncAnswerDecoder.TEMPLATE_ID -> "SyncAnswer";
            default -> "message " + templateId(buffer, offset);
        };
    }

    /**
     * The field after the conversation, or after the round of a notification. It is mostly a zxid, an epoch or a round.
     */
    static long number(final DirectBuffer buffer, final int offset, final int length)
    {
        return length < SECOND_FIELD + Long.BYTES ? 0 : buffer.getLong(offset + SECOND_FIELD, ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether messages of this kind are so frequent that the trace would have no room for others. */
    static boolean isFrequent(final DirectBuffer buffer, final int offset)
    {
        return switch (templateId(buffer, offset))
        {
            case HeartbeatDecoder.TEMPLATE_ID, HeartbeatAnswerDecoder.TEMPLATE_ID, TouchesDecoder.TEMPLATE_ID,
                SnapshotPieceDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    private static int templateId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
    }
}
