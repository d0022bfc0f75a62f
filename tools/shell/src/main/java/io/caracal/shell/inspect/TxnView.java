/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.inspect;

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
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Decodes a transaction of the journal into text for people. One object is reused for all transactions. */
final class TxnView
{
    private static final int PART_LENGTH_BYTES = 4;

    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final TxnHeaderDecoder header = new TxnHeaderDecoder();
    private final UnsafeBuffer path = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private final List<String> parts = new ArrayList<>();
    private String kind;
    private String detail;

    /** Decodes a transaction. One of an unknown type has the kind {@code unknown}. */
    void wrap(final DirectBuffer buffer, final int offset)
    {
        parts.clear();
        header.wrapAndApplyHeader(buffer, offset, messageHeader);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH + messageHeader.blockLength();
        messageHeader.wrap(buffer, body);
        if (messageHeader.templateId() == MultiTxnDecoder.TEMPLATE_ID)
        {
            multi(buffer, body);
        }
        else
        {
            body(buffer, body);
        }
    }

    private void multi(final DirectBuffer buffer, final int offset)
    {
        final MultiTxnDecoder multi = new MultiTxnDecoder();
        multi.wrapAndApplyHeader(buffer, offset, messageHeader);
        final int count = multi.partCount();
        int position = multi.limit();
        for (int i = 0; i < count; i++)
        {
            final int length = buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);
            position += PART_LENGTH_BYTES;
            messageHeader.wrap(buffer, position);
            body(buffer, position);
            parts.add(kind + (detail.isEmpty() ? "" : " " + detail));
            position += length;
        }
        kind = "multi";
        detail = String.join("; ", parts);
    }

    private void body(final DirectBuffer buffer, final int offset)
    {
        detail = "";
        switch (messageHeader.templateId())
        {
            case CreateTxnDecoder.TEMPLATE_ID -> create(buffer, offset);
            case DeleteTxnDecoder.TEMPLATE_ID -> delete(buffer, offset);
            case SetDataTxnDecoder.TEMPLATE_ID -> setData(buffer, offset);
            case SetAclTxnDecoder.TEMPLATE_ID -> setAcl(buffer, offset);
            case CheckTxnDecoder.TEMPLATE_ID -> kind = "check";
            default -> other(buffer, offset);
        }
    }

    private void other(final DirectBuffer buffer, final int offset)
    {
        switch (messageHeader.templateId())
        {
            case ErrorTxnDecoder.TEMPLATE_ID -> kind("error", "code " + new ErrorTxnDecoder().wrapAndApplyHeader(buffer,
                offset, messageHeader).errorCode());
            case MultiErrorTxnDecoder.TEMPLATE_ID -> kind("error", "of a multi, code " + new MultiErrorTxnDecoder()
                .wrapAndApplyHeader(buffer, offset, messageHeader).errorCode());
            case CreateSessionTxnDecoder.TEMPLATE_ID -> kind("createSession", "timeout " + new CreateSessionTxnDecoder()
                .wrapAndApplyHeader(buffer, offset, messageHeader).timeoutMs());
            case CloseSessionTxnDecoder.TEMPLATE_ID -> kind("closeSession", "");
            case MoveSessionTxnDecoder.TEMPLATE_ID -> kind("moveSession", "to server " + header.originServer());
            case SecretTxnDecoder.TEMPLATE_ID -> kind("secret", "");
            default -> restore(buffer, offset);
        }
    }

    private void restore(final DirectBuffer buffer, final int offset)
    {
        switch (messageHeader.templateId())
        {
            case RestoreBeginTxnDecoder.TEMPLATE_ID -> {
                final RestoreBeginTxnDecoder begin = new RestoreBeginTxnDecoder().wrapAndApplyHeader(buffer, offset,
                    messageHeader);
                kind("restoreBegin", "0x" + Long.toHexString(begin.restoreId()) + " sent to server " + begin.server() +
                    ", a snapshot of zxid 0x" + Long.toHexString(begin.fileZxid()));
            }
            case RestorePartTxnDecoder.TEMPLATE_ID -> {
                final RestorePartTxnDecoder part = new RestorePartTxnDecoder().wrapAndApplyHeader(buffer, offset,
                    messageHeader);
                kind("restorePart", "0x" + Long.toHexString(part.restoreId()) + " part " + part.part() + ", " +
                    part.pieceLength() + " bytes");
            }
            case RestoreEndTxnDecoder.TEMPLATE_ID -> kind("restoreEnd",
                "0x" +
                    Long.toHexString(
                        new RestoreEndTxnDecoder().wrapAndApplyHeader(buffer, offset, messageHeader).restoreId()) +
                    ", every session ends");
            case RestoreAbortTxnDecoder.TEMPLATE_ID -> {
                final RestoreAbortTxnDecoder abort = new RestoreAbortTxnDecoder().wrapAndApplyHeader(buffer, offset,
                    messageHeader);
                kind("restoreAbort", "0x" + Long.toHexString(abort.restoreId()) + " " + abort.ending());
            }
            default -> kind("unknown", "kind " + messageHeader.templateId());
        }
    }

    private void kind(final String newKind, final String newDetail)
    {
        kind = newKind;
        detail = newDetail;
    }

    private void create(final DirectBuffer buffer, final int offset)
    {
        final CreateTxnDecoder create = new CreateTxnDecoder();
        create.wrapAndApplyHeader(buffer, offset, messageHeader);
        final long owner = create.ephemeralOwner();
        create.wrapPath(path);
        create.wrapAcl(bytes);
        create.wrapPayload(bytes);
        kind("create",
            text() + " " + bytes.capacity() + " bytes" + (owner == 0 ? "" : " owner 0x" + Long.toHexString(owner)));
    }

    private void delete(final DirectBuffer buffer, final int offset)
    {
        final DeleteTxnDecoder delete = new DeleteTxnDecoder();
        delete.wrapAndApplyHeader(buffer, offset, messageHeader);
        delete.wrapPath(path);
        kind("delete", text());
    }

    private void setData(final DirectBuffer buffer, final int offset)
    {
        final SetDataTxnDecoder setData = new SetDataTxnDecoder();
        setData.wrapAndApplyHeader(buffer, offset, messageHeader);
        final int version = setData.newVersion();
        setData.wrapPath(path);
        setData.wrapPayload(bytes);
        kind("setData", text() + " " + bytes.capacity() + " bytes version " + version);
    }

    private void setAcl(final DirectBuffer buffer, final int offset)
    {
        final SetAclTxnDecoder setAcl = new SetAclTxnDecoder();
        setAcl.wrapAndApplyHeader(buffer, offset, messageHeader);
        final int version = setAcl.newAversion();
        setAcl.wrapPath(path);
        kind("setACL", text() + " version " + version);
    }

    private String text()
    {
        return path.getStringWithoutLengthUtf8(0, path.capacity());
    }

    String kind()
    {
        return kind;
    }

    String detail()
    {
        return detail;
    }

    long sessionId()
    {
        return header.sessionId();
    }

    long timeMs()
    {
        return header.timeMs();
    }
}
