/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.txn.codec.BooleanType;
import io.caracal.engine.txn.codec.MessageHeaderDecoder;
import io.caracal.engine.txn.codec.RestoreAbortTxnDecoder;
import io.caracal.engine.txn.codec.RestoreBeginTxnDecoder;
import io.caracal.engine.txn.codec.RestoreEndTxnDecoder;
import io.caracal.engine.txn.codec.RestorePartTxnDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Applies the transactions of a restore. */
final class RestoreApplier
{
    private final Replica replica;
    private final TxnEvents events;
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final RestoreBeginTxnDecoder begin = new RestoreBeginTxnDecoder();
    private final RestorePartTxnDecoder part = new RestorePartTxnDecoder();
    private final RestoreEndTxnDecoder end = new RestoreEndTxnDecoder();
    private final RestoreAbortTxnDecoder abort = new RestoreAbortTxnDecoder();
    private final UnsafeBuffer piece = new UnsafeBuffer(0, 0);

    RestoreApplier(final Replica replica, final TxnEvents events)
    {
        this.replica = replica;
        this.events = events;
    }

    /** Applies a transaction. */
    void apply(final long zxid, final DirectBuffer buffer, final int offset)
    {
        messageHeader.wrap(buffer, offset);
        switch (messageHeader.templateId())
        {
            case RestoreBeginTxnDecoder.TEMPLATE_ID -> {
                begin.wrapAndApplyHeader(buffer, offset, messageHeader);
                replica.restore().begin(begin.restoreId(), begin.server(), zxid);
            }
            case RestorePartTxnDecoder.TEMPLATE_ID -> {
                part.wrapAndApplyHeader(buffer, offset, messageHeader);
                part.wrapPiece(piece);
                replica.restore().add(part.restoreId(), part.part(), piece);
            }
            case RestoreAbortTxnDecoder.TEMPLATE_ID -> {
                abort.wrapAndApplyHeader(buffer, offset, messageHeader);
                replica.restore().abort(abort.restoreId(), abort.ending(), zxid);
            }
            default -> {
                end.wrapAndApplyHeader(buffer, offset, messageHeader);
                end(zxid);
            }
        }
    }

    /**
     * Replaces the tree. All sessions end in the same step, because neither they nor the watches of their clients
     * belong to the new tree.
     */
    private void end(final long zxid)
    {
        replica.restore().checkWhole(end.restoreId());
        checkDigest(zxid);
        events.onReplacing(zxid);
        replica.sessions().clear();
        replica.restore().end(zxid);
        replica.quotas().rebuild();
    }

    private void checkDigest(final long zxid)
    {
        final OpenRestore restore = replica.restore();
        if (replica.tree().keepsDigest() && end.hasDigest() == BooleanType.T && restore.digest() != end.digest())
        {
            throw new BrokenInvariantException("the tree that is restored at zxid 0x" + Long.toHexString(zxid) +
                " differs from the leader's: digest " + Long.toUnsignedString(restore.digest()) + " here, " +
                Long.toUnsignedString(end.digest()) + " there; start this server with an empty data directory");
        }
    }
}
