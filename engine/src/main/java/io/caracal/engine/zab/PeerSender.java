/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import io.caracal.engine.zab.codec.AckEncoder;
import io.caracal.engine.zab.codec.AckEpochEncoder;
import io.caracal.engine.zab.codec.AckNewLeaderEncoder;
import io.caracal.engine.zab.codec.BooleanType;
import io.caracal.engine.zab.codec.CommitEncoder;
import io.caracal.engine.zab.codec.HeartbeatAnswerEncoder;
import io.caracal.engine.zab.codec.HeartbeatEncoder;
import io.caracal.engine.zab.codec.HistoryRecordEncoder;
import io.caracal.engine.zab.codec.LeaderInfoEncoder;
import io.caracal.engine.zab.codec.LearnerInfoEncoder;
import io.caracal.engine.zab.codec.LeaveEncoder;
import io.caracal.engine.zab.codec.MessageHeaderEncoder;
import io.caracal.engine.zab.codec.NewLeaderEncoder;
import io.caracal.engine.zab.codec.NotificationEncoder;
import io.caracal.engine.zab.codec.PeerState;
import io.caracal.engine.zab.codec.ProposalEncoder;
import io.caracal.engine.zab.codec.RequestEncoder;
import io.caracal.engine.zab.codec.RequestFailedEncoder;
import io.caracal.engine.zab.codec.SnapshotBeginEncoder;
import io.caracal.engine.zab.codec.SnapshotPieceEncoder;
import io.caracal.engine.zab.codec.SyncAnswerEncoder;
import io.caracal.engine.zab.codec.SyncBeginEncoder;
import io.caracal.engine.zab.codec.SyncKind;
import io.caracal.engine.zab.codec.SyncRequestEncoder;
import io.caracal.engine.zab.codec.TouchesEncoder;
import io.caracal.engine.zab.codec.UpToDateEncoder;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;

/**
 * Encodes messages to other servers directly into the port's buffers. Each method returns whether the message was sent.
 * False means that there is no room or no link at the moment and nothing was sent; the caller tries again later if the
 * message still matters then.
 * <p>
 * {@code to} is the id of a linked server, {@code conversation} identifies the attachment that the message belongs to.
 * The bytes of a buffer are copied during the call; offsets and lengths are in bytes. The meaning of each message is
 * documented at the method of {@link PeerMessageHandler} that receives it.
 */
public final class PeerSender
{
    private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int BYTES_HEADER_LENGTH = ProposalEncoder.payloadHeaderLength();
    private static final int TOUCH_FIELDS = 2;
    /** Bytes that a message adds to a transaction, whether it is proposed or part of the history. */
    private static final int TXN_FRAME_LENGTH =
        HEADER_LENGTH + BYTES_HEADER_LENGTH + Math.max(ProposalEncoder.BLOCK_LENGTH, HistoryRecordEncoder.BLOCK_LENGTH);
    /** Bytes that a message adds to the identities and the body of a forwarded request. */
    private static final int REQUEST_FRAME_LENGTH = HEADER_LENGTH + 2 * BYTES_HEADER_LENGTH +
        RequestEncoder.BLOCK_LENGTH;

    private final PeerPort port;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NotificationEncoder notification = new NotificationEncoder();
    private final LearnerInfoEncoder learnerInfo = new LearnerInfoEncoder();
    private final LeaderInfoEncoder leaderInfo = new LeaderInfoEncoder();
    private final AckEpochEncoder ackEpoch = new AckEpochEncoder();
    private final SyncBeginEncoder syncBegin = new SyncBeginEncoder();
    private final HistoryRecordEncoder historyRecord = new HistoryRecordEncoder();
    private final SnapshotBeginEncoder snapshotBegin = new SnapshotBeginEncoder();
    private final SnapshotPieceEncoder snapshotPiece = new SnapshotPieceEncoder();
    private final NewLeaderEncoder newLeader = new NewLeaderEncoder();
    private final AckNewLeaderEncoder ackNewLeader = new AckNewLeaderEncoder();
    private final UpToDateEncoder upToDate = new UpToDateEncoder();
    private final ProposalEncoder proposal = new ProposalEncoder();
    private final CommitEncoder commit = new CommitEncoder();
    private final AckEncoder ack = new AckEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final HeartbeatAnswerEncoder heartbeatAnswer = new HeartbeatAnswerEncoder();
    private final TouchesEncoder touches = new TouchesEncoder();
    private final LeaveEncoder leave = new LeaveEncoder();
    private final RequestEncoder request = new RequestEncoder();
    private final RequestFailedEncoder requestFailed = new RequestFailedEncoder();
    private final SyncRequestEncoder syncRequest = new SyncRequestEncoder();
    private final SyncAnswerEncoder syncAnswer = new SyncAnswerEncoder();
    private int at;

    /**
     * Creates a sender.
     *
     * @param port that the messages go through.
     */
    public PeerSender(final PeerPort port)
    {
        this.port = port;
    }

    /**
     * The longest transaction that can be sent to other servers.
     *
     * @return bytes.
     */
    public int txnLengthMax()
    {
        return port.messageLengthMax() - TXN_FRAME_LENGTH;
    }

    /**
     * Whether a request is short enough to be sent to a leader at all.
     *
     * @param forwarded the request.
     * @return false when it is too long.
     */
    public boolean canSend(final ForwardedRequest forwarded)
    {
        return (long)forwarded.identitiesLength + forwarded.bodyLength <= port.messageLengthMax() -
            REQUEST_FRAME_LENGTH;
    }

    private boolean claim(final long to, final PeerStream stream, final int bodyLength)
    {
        at = port.claim(to, stream, HEADER_LENGTH + bodyLength);

        return at >= 0;
    }

    private boolean sent()
    {
        port.commit();

        return true;
    }

    private static BooleanType flag(final boolean value)
    {
        return value ? BooleanType.T : BooleanType.F;
    }

    /** Says whom this server votes for or follows. */
    public boolean notification(final long to, final long round, final Vote vote, final PeerState state,
        final boolean isBlank, final boolean votes)
    {
        if (!claim(to, PeerStream.LIVE, NotificationEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        notification.wrapAndApplyHeader(port.claimed(), at, header).round(round).leader(vote.leader())
            .leaderEpoch(vote.epoch()).leaderZxid(vote.zxid()).state(state).isBlank(flag(isBlank)).votes(flag(votes));

        return sent();
    }

    /** Attaches this learner to its leader. */
    public boolean learnerInfo(final long to, final long conversation, final long acceptedEpoch,
        final long acceptedLeader, final long currentEpoch, final long lastZxid, final boolean votes)
    {
        if (!claim(to, PeerStream.LIVE, LearnerInfoEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        learnerInfo.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation)
            .acceptedEpoch(acceptedEpoch).acceptedLeader(acceptedLeader).currentEpoch(currentEpoch)
            .lastZxid(lastZxid).votes(flag(votes));

        return sent();
    }

    /** The leader asks a learner to promise its epoch. */
    public boolean leaderInfo(final long to, final long conversation, final long epoch)
    {
        if (!claim(to, PeerStream.LIVE, LeaderInfoEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        leaderInfo.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).epoch(epoch);

        return sent();
    }

    /** A learner has durably promised the epoch, and says how much of the history it has. */
    public boolean ackEpoch(final long to, final long conversation, final long epoch, final long currentEpoch,
        final long lastZxid, final boolean takesSnapshot)
    {
        if (!claim(to, PeerStream.LIVE, AckEpochEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        ackEpoch.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).epoch(epoch)
            .currentEpoch(currentEpoch).lastZxid(lastZxid).takesSnapshot(flag(takesSnapshot));

        return sent();
    }

    /** The leader says how the learner's history is made equal to its own. */
    public boolean syncBegin(final long to, final long conversation, final SyncKind kind, final long zxid,
        final long committedZxid)
    {
        if (!claim(to, PeerStream.LIVE, SyncBeginEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        syncBegin.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).zxid(zxid)
            .committedZxid(committedZxid).kind(kind);

        return sent();
    }

    /** One transaction of the leader's history that the learner lacks. */
    public boolean historyRecord(final long to, final long conversation, final long zxid, final DirectBuffer buffer,
        final int offset, final int length)
    {
        if (!claim(to, PeerStream.BULK, HistoryRecordEncoder.BLOCK_LENGTH + BYTES_HEADER_LENGTH + length))
        {
            return false;
        }
        historyRecord.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).zxid(zxid)
            .putPayload(buffer, offset, length);

        return sent();
    }

    /** A snapshot file follows. */
    public boolean snapshotBegin(final long to, final long conversation, final long zxid, final long length)
    {
        if (!claim(to, PeerStream.BULK, SnapshotBeginEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        snapshotBegin.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).zxid(zxid)
            .length(length);

        return sent();
    }

    /** The next bytes of the snapshot file. */
    public boolean snapshotPiece(final long to, final long conversation, final DirectBuffer buffer, final int offset,
        final int length)
    {
        if (!claim(to, PeerStream.BULK, SnapshotPieceEncoder.BLOCK_LENGTH + BYTES_HEADER_LENGTH + length))
        {
            return false;
        }
        snapshotPiece.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation)
            .putBytes(buffer, offset, length);

        return sent();
    }

    /** The leader has sent all of its history, which the learner must now make durable. */
    public boolean newLeader(final long to, final long conversation, final long epoch, final long lastZxid,
        final BulkCheck bulk)
    {
        if (!claim(to, PeerStream.LIVE, NewLeaderEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        newLeader.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).epoch(epoch)
            .lastZxid(lastZxid).bulkCount(bulk.count()).bulkCrc(bulk.crc());

        return sent();
    }

    /** A learner has made history and epoch durable. */
    public boolean ackNewLeader(final long to, final long conversation, final long epoch)
    {
        if (!claim(to, PeerStream.LIVE, AckNewLeaderEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        ackNewLeader.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).epoch(epoch);

        return sent();
    }

    /** The leader says that the epoch is established. */
    public boolean upToDate(final long to, final long conversation, final long committedZxid)
    {
        if (!claim(to, PeerStream.LIVE, UpToDateEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        upToDate.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation)
            .committedZxid(committedZxid);

        return sent();
    }

    /** The next transaction: proposed to a voter, committed to an observer. */
    public boolean proposal(final long to, final long conversation, final long zxid, final long committedZxid,
        final DirectBuffer buffer, final int offset, final int length)
    {
        if (!claim(to, PeerStream.LIVE, ProposalEncoder.BLOCK_LENGTH + BYTES_HEADER_LENGTH + length))
        {
            return false;
        }
        proposal.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).zxid(zxid)
            .committedZxid(committedZxid).putPayload(buffer, offset, length);

        return sent();
    }

    /** Everything up to a zxid is committed. */
    public boolean commit(final long to, final long conversation, final long zxid)
    {
        if (!claim(to, PeerStream.LIVE, CommitEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        commit.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).zxid(zxid);

        return sent();
    }

    /** Everything up to a zxid is durable here. */
    public boolean ack(final long to, final long conversation, final long zxid)
    {
        if (!claim(to, PeerStream.LIVE, AckEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        ack.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).zxid(zxid);

        return sent();
    }

    /** A sign of life from the leader, which asks for an answer. */
    public boolean heartbeat(final long to, final long conversation, final long round, final long echo,
        final long committedZxid, final boolean isSpared, final boolean lacksRoom)
    {
        if (!claim(to, PeerStream.LIVE, HeartbeatEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        heartbeat.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).round(round).echo(echo)
            .committedZxid(committedZxid).isSpared(flag(isSpared)).lacksRoom(flag(lacksRoom));

        return sent();
    }

    /**
     * A learner answers a heartbeat, and reports its progress, the state of its disk, what it has applied, and how much
     * memory znodes may take there.
     */
    public boolean heartbeatAnswer(final long to, final long conversation, final long round, final long mark,
        final boolean hasRoom, final boolean isForcing, final long progress, final long incarnation,
        final long appliedZxid, final long treeBytesMax)
    {
        if (!claim(to, PeerStream.LIVE, HeartbeatAnswerEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        heartbeatAnswer.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).round(round)
            .mark(mark).hasRoom(flag(hasRoom)).isForcing(flag(isForcing)).progress(progress)
            .incarnation(incarnation).appliedZxid(appliedZxid).treeBytesMax(treeBytesMax);

        return sent();
    }

    /**
     * Sessions whose clients have given a sign of life.
     *
     * @param sessions pairs of session id and time-out in milliseconds.
     * @param from     index of the first pair.
     * @param count    of pairs, at most 65,534.
     */
    public boolean touches(final long to, final long conversation, final LongArrayList sessions, final int from,
        final int count)
    {
        final int length = TouchesEncoder.BLOCK_LENGTH + TouchesEncoder.SessionsEncoder.sbeHeaderSize() +
            count * TouchesEncoder.SessionsEncoder.sbeBlockLength();
        if (!claim(to, PeerStream.LIVE, length))
        {
            return false;
        }
        final TouchesEncoder.SessionsEncoder group = touches.wrapAndApplyHeader(port.claimed(), at, header)
            .conversation(conversation).sessionsCount(count);
        for (int i = from * TOUCH_FIELDS; i < (from + count) * TOUCH_FIELDS; i += TOUCH_FIELDS)
        {
            group.next().sessionId(sessions.getLong(i)).timeoutMs((int)sessions.getLong(i + 1));
        }

        return sent();
    }

    /** Ends the conversation. */
    public boolean leave(final long to, final long conversation)
    {
        if (!claim(to, PeerStream.LIVE, LeaveEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        leave.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation);

        return sent();
    }

    /** A learner forwards a write of one of its clients. */
    public boolean request(final long to, final ForwardedRequest forwarded)
    {
        final int length = REQUEST_FRAME_LENGTH - HEADER_LENGTH + forwarded.identitiesLength + forwarded.bodyLength;
        if (!claim(to, PeerStream.REQUESTS, length))
        {
            return false;
        }
        request.wrapAndApplyHeader(port.claimed(), at, header).conversation(forwarded.conversation)
            .sequence(forwarded.sequence).incarnation(forwarded.incarnation).sessionId(forwarded.sessionId)
            .attachNumber(forwarded.attachNumber).opCode(forwarded.opCode).timeoutMs(forwarded.timeoutMs)
            .putIdentities(forwarded.identities, 0, forwarded.identitiesLength)
            .putBody(forwarded.body, forwarded.bodyOffset, forwarded.bodyLength);

        return sent();
    }

    /** The leader refuses a request, which will not become a transaction. */
    public boolean requestFailed(final long to, final long conversation, final long sequence, final int errorCode)
    {
        if (!claim(to, PeerStream.LIVE, RequestFailedEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        requestFailed.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).sequence(sequence)
            .errorCode(errorCode);

        return sent();
    }

    /** A learner asks up to which zxid everything is committed now, for a sync of one of its clients. */
    public boolean syncRequest(final long to, final long conversation, final long syncId)
    {
        if (!claim(to, PeerStream.REQUESTS, SyncRequestEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        syncRequest.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).syncId(syncId);

        return sent();
    }

    /**
     * The leader answers a sync: a learner that has applied everything up to this zxid has seen all that was committed.
     */
    public boolean syncAnswer(final long to, final long conversation, final long syncId, final long zxid)
    {
        if (!claim(to, PeerStream.LIVE, SyncAnswerEncoder.BLOCK_LENGTH))
        {
            return false;
        }
        syncAnswer.wrapAndApplyHeader(port.claimed(), at, header).conversation(conversation).syncId(syncId).zxid(zxid);

        return sent();
    }
}
