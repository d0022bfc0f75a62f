/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.protocol.CreateMode;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.MultiRequestDecoder;
import io.caracal.engine.protocol.OpCode;
import java.util.function.IntSupplier;

/** Prepares a multi. Each part sees the effects of the parts before it; a part that fails undoes them all. */
final class MultiPreparer
{
    private final Surroundings with;
    private final CreatePreparer create;
    private final DeletePreparer delete;
    private final SetDataPreparer setData;
    private final CheckPreparer check;
    private final IntSupplier txnLengthMax;

    MultiPreparer(final Surroundings surroundings, final CreatePreparer create, final DeletePreparer delete,
        final SetDataPreparer setData, final CheckPreparer check, final IntSupplier txnLengthMax)
    {
        with = surroundings;
        this.create = create;
        this.delete = delete;
        this.setData = setData;
        this.check = check;
        this.txnLengthMax = txnLengthMax;
    }

    /**
     * Writes the parts or, when one of them fails, which one failed and why. There is a transaction in both cases,
     * because a failed multi is also answered part by part. Writing stops when the transaction becomes too long.
     */
    void prepare(final MultiRequestDecoder request, final RequestContext context, final int sessionError)
    {
        if (sessionError != ErrorCode.OK && request.partCount() > 0)
        {
            with.txn.multiError(request.partCount(), 0, sessionError);
            return;
        }

        with.txn.multi();
        request.rewind();
        final int lengthMax = txnLengthMax.getAsInt();
        int part = 0;
        while (with.txn.length() <= lengthMax && request.next())
        {
            final int error = preparePart(request, context);
            if (error != ErrorCode.OK)
            {
                with.changes.rollback();
                with.txn.multiError(request.partCount(), part, error);
                return;
            }
            part++;
        }
        with.txn.endMulti(part);
    }

    private int preparePart(final MultiRequestDecoder request, final RequestContext context)
    {
        return switch (request.opCode())
        {
            case OpCode.DELETE -> delete.prepare(request.delete().buffer(), request.delete().pathOffset(),
                request.delete().pathLength(), request.delete().version(), context);
            case OpCode.SET_DATA -> setData.prepare(request.setData(), context);
            case OpCode.CHECK -> check.prepare(request.check(), context);
            default -> create.prepare(createOpCode(request.opCode(), request.create().flags()), request.create(),
                context);
        };
    }

    /**
     * The opcode by which a part creates. Within a multi the flags decide more than alone, as in ZooKeeper: the
     * container flag makes a container with every opcode, and createTTL without a flag of a time to live is a create.
     */
    private static int createOpCode(final int opCode, final int flags)
    {
        if (flags == CreateMode.CONTAINER)
        {
            return OpCode.CREATE_CONTAINER;
        }

        return opCode == OpCode.CREATE_TTL && !CreateMode.isTtl(flags) ? OpCode.CREATE : opCode;
    }
}
