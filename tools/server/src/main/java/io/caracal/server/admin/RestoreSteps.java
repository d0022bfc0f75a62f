/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.port.OperatorQuery;
import io.caracal.engine.txn.codec.BooleanType;
import io.caracal.engine.txn.codec.MessageHeaderEncoder;
import io.caracal.engine.txn.codec.RestoreAbortTxnEncoder;
import io.caracal.engine.txn.codec.RestoreBeginTxnEncoder;
import io.caracal.engine.txn.codec.RestoreEndTxnEncoder;
import io.caracal.engine.txn.codec.RestoreEnding;
import io.caracal.engine.txn.codec.RestorePartTxnEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends the steps of one restore to the engine. Each step may be repeated. Used by one thread. */
class RestoreSteps
{
    private static final DirectBuffer NO_STEP = new UnsafeBuffer(0, 0);

    private final EngineReader engine;
    private final long restoreId;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /**
     * Creates the steps of a restore.
     *
     * @param engine    to which they are sent.
     * @param restoreId of the restore, greater than 0 and never used before.
     */
    RestoreSteps(final EngineReader engine, final long restoreId)
    {
        this.engine = engine;
        this.restoreId = restoreId;
    }

    long restoreId()
    {
        return restoreId;
    }

    /**
     * Returns the progress of the restore. As for all steps, the answer is null when this server does not serve at the
     * moment.
     */
    RestoreStatus look()
    {
        return ask(NO_STEP);
    }

    RestoreStatus begin(final long server, final long fileZxid)
    {
        return ask(new RestoreBeginTxnEncoder().wrapAndApplyHeader(buffer, 0, header).restoreId(restoreId)
            .server(server).fileZxid(fileZxid).limit());
    }

    RestoreStatus part(final long number, final byte[] piece)
    {
        return ask(new RestorePartTxnEncoder().wrapAndApplyHeader(buffer, 0, header).restoreId(restoreId).part(number)
            .putPiece(piece, 0, piece.length).limit());
    }

    RestoreStatus end()
    {
        return ask(new RestoreEndTxnEncoder().wrapAndApplyHeader(buffer, 0, header).restoreId(restoreId).digest(0)
            .hasDigest(BooleanType.F).limit());
    }

    RestoreStatus abort()
    {
        return ask(new RestoreAbortTxnEncoder().wrapAndApplyHeader(buffer, 0, header).restoreId(restoreId)
            .ending(RestoreEnding.GIVEN_UP).limit());
    }

    private RestoreStatus ask(final int length)
    {
        view.wrap(buffer, 0, length);

        return ask(view);
    }

    /**
     * A loop that does not answer for seconds is treated like a server that does not serve: the caller will ask again.
     */
    private RestoreStatus ask(final DirectBuffer step)
    {
        final RestoreStatus[] status = new RestoreStatus[1];
        try
        {
            engine.read(OperatorQuery.RESTORE, step, (record, offset, length) -> status[0] = RestoreStatus.of(record,
                offset));
        }
        catch (final NoAnswerException ex)
        {
            return null;
        }

        return status[0];
    }
}
