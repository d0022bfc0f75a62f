/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.apply.OpenRestore;
import io.caracal.engine.client.WriteIntake;
import io.caracal.engine.txn.codec.MessageHeaderDecoder;
import io.caracal.engine.txn.codec.RestoreAbortTxnDecoder;
import io.caracal.engine.txn.codec.RestoreBeginTxnDecoder;
import io.caracal.engine.txn.codec.RestoreEndTxnDecoder;
import io.caracal.engine.txn.codec.RestoreEnding;
import io.caracal.engine.txn.codec.RestorePartTxnDecoder;
import io.caracal.engine.zab.Zxid;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * Handles the steps of a restore on a leader. They come from the server that was sent the snapshot, which may send each
 * of them any number of times. A step names its restore and its place in it; one that is not the next is ignored. All
 * servers see the outcome of a step in the replicated state, so no step needs an answer, and a restore can go on under
 * another leader.
 * <p>
 * After the last step nothing is proposed until it is applied here, because until then requests would be prepared on
 * the tree that is about to be replaced.
 */
final class LeaderRestore
{
    /** Silence after which a restore is given up. */
    static final long SILENCE_MAX_NS = TimeUnit.SECONDS.toNanos(60);

    private static final int PIECE_HEADER = RestorePartTxnDecoder.pieceHeaderLength();

    private final Node node;
    private final Proposer proposer;
    private final LearnerDesk learners;
    private final OpenRestore applied;
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final RestoreBeginTxnDecoder begin = new RestoreBeginTxnDecoder();
    private final RestorePartTxnDecoder part = new RestorePartTxnDecoder();
    private final RestoreEndTxnDecoder end = new RestoreEndTxnDecoder();
    private final RestoreAbortTxnDecoder abort = new RestoreAbortTxnDecoder();

    /**
     * The restore that will be open once everything proposed is applied. {@link #nextPart} is the part of it to propose
     * next.
     */
    private long openId;
    private long nextPart;
    private long heardNs;
    private long epochToPass;

    LeaderRestore(final Node node, final Proposer proposer, final LearnerDesk learners)
    {
        this.node = node;
        this.proposer = proposer;
        this.learners = learners;
        applied = node.replica().restore();
        openId = applied.id();
        nextPart = applied.nextPart();
        heardNs = node.watchNs();
    }

    /**
     * Whether the epoch has to end before the restore can begin. All zxids of the snapshot must lie before the restore,
     * or some of them would be given out again. A later epoch ensures that.
     */
    boolean wantsLaterEpoch()
    {
        return epochToPass != 0 && node.epochs().isSettled() && node.epochs().accepted() >= epochToPass;
    }

    int doWork()
    {
        if (epochToPass > node.epochs().accepted())
        {
            return node.epochs().store(epochToPass, node.serverId(), node.epochs().current()) ? 1 : 0;
        }
        if (openId != OpenRestore.NONE && node.watchNs() - heardNs > SILENCE_MAX_NS)
        {
            return give(RestoreEnding.SILENT) == WriteIntake.PROPOSED ? 1 : 0;
        }

        return 0;
    }

    /**
     * Takes a step of a restore.
     *
     * @return {@link WriteIntake#PROPOSED} or {@link WriteIntake#REFUSED}; a step that is ignored counts as proposed.
     */
    int onOrder(final DirectBuffer buffer, final int offset, final int length)
    {
        if (!isWhole(buffer, offset, length))
        {
            return WriteIntake.PROPOSED;
        }

        return switch (messageHeader.templateId())
        {
            case RestoreBeginTxnDecoder.TEMPLATE_ID -> begin(buffer, offset, length);
            case RestorePartTxnDecoder.TEMPLATE_ID -> part(buffer, offset, length);
            case RestoreEndTxnDecoder.TEMPLATE_ID -> end(buffer, offset);
            case RestoreAbortTxnDecoder.TEMPLATE_ID -> abort(buffer, offset);
            default -> WriteIntake.PROPOSED;
        };
    }

    /** Checks the form of a step, because every server would stop at a malformed transaction. */
    private boolean isWhole(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH)
        {
            return false;
        }

        messageHeader.wrap(buffer, offset);
        final int rest = length - MessageHeaderDecoder.ENCODED_LENGTH - messageHeader.blockLength();

        return switch (messageHeader.templateId())
        {
            case RestoreBeginTxnDecoder.TEMPLATE_ID -> rest == 0 &&
                messageHeader.blockLength() >= RestoreBeginTxnDecoder.BLOCK_LENGTH;
            case RestorePartTxnDecoder.TEMPLATE_ID -> rest >= PIECE_HEADER &&
                messageHeader.blockLength() >= RestorePartTxnDecoder.BLOCK_LENGTH &&
                rest - PIECE_HEADER == buffer.getInt(offset + length - rest, ByteOrder.LITTLE_ENDIAN);
            case RestoreEndTxnDecoder.TEMPLATE_ID -> rest == 0 &&
                messageHeader.blockLength() >= RestoreEndTxnDecoder.BLOCK_LENGTH;
            case RestoreAbortTxnDecoder.TEMPLATE_ID -> rest == 0 &&
                messageHeader.blockLength() >= RestoreAbortTxnDecoder.BLOCK_LENGTH;
            default -> false;
        };
    }

    private int begin(final DirectBuffer buffer, final int offset, final int length)
    {
        begin.wrapAndApplyHeader(buffer, offset, messageHeader);
        final boolean isNews = begin.restoreId() > OpenRestore.NONE && begin.restoreId() != applied.endedId();
        if (openId != OpenRestore.NONE || !isNews || learners.lacksRoom())
        {
            return WriteIntake.PROPOSED;
        }
        final long zxid = proposer.nextZxid();
        if (zxid <= begin.fileZxid())
        {
            epochToPass = Math.max(epochToPass, Math.max(Zxid.epoch(zxid), Zxid.epoch(begin.fileZxid())));
            return WriteIntake.PROPOSED;
        }

        proposer.begin(0);
        proposer.txn().copied(buffer, offset, length);
        if (!proposer.propose())
        {
            return WriteIntake.REFUSED;
        }
        openId = begin.restoreId();
        nextPart = 0;
        heardNs = node.watchNs();

        return WriteIntake.PROPOSED;
    }

    private int part(final DirectBuffer buffer, final int offset, final int length)
    {
        part.wrapAndApplyHeader(buffer, offset, messageHeader);
        if (openId == OpenRestore.NONE || part.restoreId() != openId || part.part() != nextPart || learners.lacksRoom())
        {
            return WriteIntake.PROPOSED;
        }

        proposer.begin(0);
        proposer.txn().copied(buffer, offset, length);
        if (!proposer.propose())
        {
            return WriteIntake.REFUSED;
        }
        nextPart++;
        heardNs = node.watchNs();

        return WriteIntake.PROPOSED;
    }

    private int end(final DirectBuffer buffer, final int offset)
    {
        end.wrapAndApplyHeader(buffer, offset, messageHeader);
        final boolean isNext = openId != OpenRestore.NONE && end.restoreId() == openId && applied.id() == openId &&
            applied.nextPart() == nextPart;
        if (!isNext || applied.state() == OpenRestore.State.FILLING)
        {
            return WriteIntake.PROPOSED;
        }
        if (applied.state() == OpenRestore.State.DAMAGED)
        {
            return give(RestoreEnding.DAMAGED);
        }

        final long zxid = proposer.nextZxid();
        proposer.begin(0);
        proposer.txn().restoreEnd(openId, applied.digest(), node.replica().tree().keepsDigest());
        if (!proposer.propose())
        {
            return WriteIntake.REFUSED;
        }
        openId = OpenRestore.NONE;
        proposer.hold(zxid);

        return WriteIntake.PROPOSED;
    }

    private int abort(final DirectBuffer buffer, final int offset)
    {
        abort.wrapAndApplyHeader(buffer, offset, messageHeader);
        final boolean isOpen = openId != OpenRestore.NONE && abort.restoreId() == openId;

        return isOpen ? give(RestoreEnding.GIVEN_UP) : WriteIntake.PROPOSED;
    }

    /** Gives the open restore up. */
    private int give(final RestoreEnding why)
    {
        proposer.begin(0);
        proposer.txn().restoreAbort(openId, why);
        if (!proposer.propose())
        {
            return WriteIntake.REFUSED;
        }
        node.events().onNotice("a restore is given up: " + why, node.serverId());
        openId = OpenRestore.NONE;

        return WriteIntake.PROPOSED;
    }

    /** When the restore will be given up; {@link Long#MAX_VALUE} when none is open. */
    long nextDeadlineNs()
    {
        return openId == OpenRestore.NONE ? Long.MAX_VALUE : node.toNowNs(heardNs + SILENCE_MAX_NS + 1);
    }
}
