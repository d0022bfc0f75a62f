/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import io.caracal.engine.txn.codec.BooleanType;
import io.caracal.engine.txn.codec.CheckTxnDecoder;
import io.caracal.engine.txn.codec.CloseSessionTxnDecoder;
import io.caracal.engine.txn.codec.CreateSessionTxnDecoder;
import io.caracal.engine.txn.codec.CreateTxnDecoder;
import io.caracal.engine.txn.codec.DeleteTxnDecoder;
import io.caracal.engine.txn.codec.ErrorTxnDecoder;
import io.caracal.engine.txn.codec.MessageHeaderDecoder;
import io.caracal.engine.txn.codec.MoveSessionTxnDecoder;
import io.caracal.engine.txn.codec.MultiErrorTxnDecoder;
import io.caracal.engine.txn.codec.MultiTxnDecoder;
import io.caracal.engine.txn.codec.RestoreAbortTxnDecoder;
import io.caracal.engine.txn.codec.RestoreBeginTxnDecoder;
import io.caracal.engine.txn.codec.RestoreEndTxnDecoder;
import io.caracal.engine.txn.codec.RestorePartTxnDecoder;
import io.caracal.engine.txn.codec.SecretTxnDecoder;
import io.caracal.engine.txn.codec.SetAclTxnDecoder;
import io.caracal.engine.txn.codec.SetDataTxnDecoder;
import io.caracal.engine.txn.codec.TxnHeaderDecoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Decodes transactions from their bytes in a log. */
final class TxnReader
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TxnHeaderDecoder txnHeader = new TxnHeaderDecoder();
    private final CreateTxnDecoder create = new CreateTxnDecoder();
    private final DeleteTxnDecoder delete = new DeleteTxnDecoder();
    private final SetDataTxnDecoder setData = new SetDataTxnDecoder();
    private final SetAclTxnDecoder setAcl = new SetAclTxnDecoder();
    private final MultiTxnDecoder multi = new MultiTxnDecoder();
    private final ErrorTxnDecoder error = new ErrorTxnDecoder();
    private final MultiErrorTxnDecoder multiError = new MultiErrorTxnDecoder();
    private final CreateSessionTxnDecoder createSession = new CreateSessionTxnDecoder();
    private final CloseSessionTxnDecoder closeSession = new CloseSessionTxnDecoder();
    private final MoveSessionTxnDecoder moveSession = new MoveSessionTxnDecoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final List<Txn.Part> parts = new ArrayList<>();
    private int errorCode;
    private int failedPart;
    private int partCount;
    private long number;

    Txn read(final long zxid, final byte[] bytes)
    {
        buffer.wrap(bytes);
        parts.clear();
        errorCode = 0;
        failedPart = -1;
        partCount = 0;
        number = 0;
        txnHeader.wrapAndApplyHeader(buffer, 0, header);
        final Txn.Kind kind = readBody(MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength());
        final Txn.Origin origin = new Txn.Origin(txnHeader.originServer(), txnHeader.originIncarnation(),
            txnHeader.originSequence());

        return new Txn(zxid, txnHeader.sessionId(), txnHeader.timeMs(), origin, kind, List.copyOf(parts), errorCode,
            failedPart, partCount, number);
    }

    private Txn.Kind readBody(final int offset)
    {
        header.wrap(buffer, offset);

        return switch (header.templateId())
        {
            case MultiTxnDecoder.TEMPLATE_ID -> readMulti(offset);
            case ErrorTxnDecoder.TEMPLATE_ID -> {
                errorCode = error.wrapAndApplyHeader(buffer, offset, header).errorCode();
                yield Txn.Kind.ERROR;
            }
            case MultiErrorTxnDecoder.TEMPLATE_ID -> readMultiError(offset);
            case CreateSessionTxnDecoder.TEMPLATE_ID -> {
                number = createSession.wrapAndApplyHeader(buffer, offset, header).timeoutMs();
                yield Txn.Kind.CREATE_SESSION;
            }
            case CloseSessionTxnDecoder.TEMPLATE_ID -> {
                number = BooleanType.T == closeSession.wrapAndApplyHeader(buffer, offset, header).expired() ? 1 : 0;
                yield Txn.Kind.CLOSE_SESSION;
            }
            case MoveSessionTxnDecoder.TEMPLATE_ID -> {
                number = moveSession.wrapAndApplyHeader(buffer, offset, header).attachNumber();
                yield Txn.Kind.MOVE_SESSION;
            }
            case SecretTxnDecoder.TEMPLATE_ID -> Txn.Kind.SECRET;
            case RestoreBeginTxnDecoder.TEMPLATE_ID -> {
                number = new RestoreBeginTxnDecoder().wrapAndApplyHeader(buffer, offset, header).restoreId();
                yield Txn.Kind.RESTORE;
            }
            case RestorePartTxnDecoder.TEMPLATE_ID, RestoreAbortTxnDecoder.TEMPLATE_ID -> Txn.Kind.RESTORE;
            case RestoreEndTxnDecoder.TEMPLATE_ID -> {
                number = new RestoreEndTxnDecoder().wrapAndApplyHeader(buffer, offset, header).restoreId();
                yield Txn.Kind.RESTORED;
            }
            default -> {
                readPart(offset);
                yield Txn.Kind.CHANGE;
            }
        };
    }

    private Txn.Kind readMulti(final int offset)
    {
        multi.wrapAndApplyHeader(buffer, offset, header);
        partCount = multi.partCount();
        int position = multi.limit();

        for (int i = 0; i < partCount; i++)
        {
            final int length = buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);
            position += Integer.BYTES;
            readPart(position);
            position += length;
        }

        return Txn.Kind.MULTI;
    }

    private Txn.Kind readMultiError(final int offset)
    {
        multiError.wrapAndApplyHeader(buffer, offset, header);
        partCount = multiError.partCount();
        failedPart = multiError.failedPart();
        errorCode = multiError.errorCode();

        return Txn.Kind.MULTI_ERROR;
    }

    private void readPart(final int offset)
    {
        header.wrap(buffer, offset);

        switch (header.templateId())
        {
            case CreateTxnDecoder.TEMPLATE_ID -> {
                create.wrapAndApplyHeader(buffer, offset, header);
                final long owner = create.ephemeralOwner();
                final int parentCversion = create.parentCversion();
                final boolean isNull = BooleanType.T == create.dataIsNull();
                create.wrapPath(view);
                final String path = text();
                create.wrapAcl(view);
                final Acl acl = Acl.read(view);
                create.wrapPayload(view);
                parts.add(new Txn.Part(Txn.Change.CREATE, path, isNull ? null : text(), owner, parentCversion, acl));
            }
            case DeleteTxnDecoder.TEMPLATE_ID -> {
                delete.wrapAndApplyHeader(buffer, offset, header);
                delete.wrapPath(view);
                parts.add(new Txn.Part(Txn.Change.DELETE, text(), null, 0, 0));
            }
            case SetDataTxnDecoder.TEMPLATE_ID -> {
                setData.wrapAndApplyHeader(buffer, offset, header);
                final int version = setData.newVersion();
                final boolean isNull = BooleanType.T == setData.dataIsNull();
                setData.wrapPath(view);
                final String path = text();
                setData.wrapPayload(view);
                parts.add(new Txn.Part(Txn.Change.SET_DATA, path, isNull ? null : text(), 0, version));
            }
            case SetAclTxnDecoder.TEMPLATE_ID -> {
                setAcl.wrapAndApplyHeader(buffer, offset, header);
                final int version = setAcl.newAversion();
                setAcl.wrapPath(view);
                final String path = text();
                setAcl.wrapAcl(view);
                parts.add(new Txn.Part(Txn.Change.SET_ACL, path, null, 0, version, Acl.read(view)));
            }
            case CheckTxnDecoder.TEMPLATE_ID -> parts.add(new Txn.Part(Txn.Change.CHECK, "", null, 0, 0));
            default -> throw new Violation("known transactions only", "template " + header.templateId());
        }
    }

    private String text()
    {
        return view.getStringWithoutLengthUtf8(0, view.capacity());
    }
}
