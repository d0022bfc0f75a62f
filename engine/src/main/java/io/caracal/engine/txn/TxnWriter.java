/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.txn;

import io.caracal.engine.txn.codec.BooleanType;
import io.caracal.engine.txn.codec.CheckTxnEncoder;
import io.caracal.engine.txn.codec.CloseSessionTxnEncoder;
import io.caracal.engine.txn.codec.CreateSessionTxnEncoder;
import io.caracal.engine.txn.codec.CreateTxnEncoder;
import io.caracal.engine.txn.codec.DeleteTxnEncoder;
import io.caracal.engine.txn.codec.ErrorTxnEncoder;
import io.caracal.engine.txn.codec.MessageHeaderEncoder;
import io.caracal.engine.txn.codec.MoveSessionTxnEncoder;
import io.caracal.engine.txn.codec.MultiErrorTxnEncoder;
import io.caracal.engine.txn.codec.MultiTxnEncoder;
import io.caracal.engine.txn.codec.RestoreAbortTxnEncoder;
import io.caracal.engine.txn.codec.RestoreEndTxnEncoder;
import io.caracal.engine.txn.codec.RestoreEnding;
import io.caracal.engine.txn.codec.SecretTxnEncoder;
import io.caracal.engine.txn.codec.SetAclTxnEncoder;
import io.caracal.engine.txn.codec.SetDataTxnEncoder;
import io.caracal.engine.txn.codec.TxnHeaderEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes one transaction: {@link #begin}, then one body. For a multi, {@link #multi} is followed by one body for each
 * part. The buffer belongs to the creator of the writer, which has made sure that it is large enough.
 * <p>
 * Bytes of the buffers that are passed in are copied during the call. Offsets and lengths are in bytes; a negative
 * length stands for null where null is possible. Nothing is validated here: a preparer settled what is written.
 */
public final class TxnWriter
{
    /** Length in bytes of the length that precedes each part of a multi. */
    public static final int PART_LENGTH_BYTES = 4;

    private final MutableDirectBuffer buffer;
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private final TxnHeaderEncoder header = new TxnHeaderEncoder();
    private final CreateTxnEncoder create = new CreateTxnEncoder();
    private final DeleteTxnEncoder delete = new DeleteTxnEncoder();
    private final SetDataTxnEncoder setData = new SetDataTxnEncoder();
    private final SetAclTxnEncoder setAcl = new SetAclTxnEncoder();
    private final CheckTxnEncoder check = new CheckTxnEncoder();
    private final MultiTxnEncoder multi = new MultiTxnEncoder();
    private final ErrorTxnEncoder error = new ErrorTxnEncoder();
    private final MultiErrorTxnEncoder multiError = new MultiErrorTxnEncoder();
    private final CreateSessionTxnEncoder createSession = new CreateSessionTxnEncoder();
    private final CloseSessionTxnEncoder closeSession = new CloseSessionTxnEncoder();
    private final MoveSessionTxnEncoder moveSession = new MoveSessionTxnEncoder();
    private final SecretTxnEncoder secret = new SecretTxnEncoder();
    private final RestoreEndTxnEncoder restoreEnd = new RestoreEndTxnEncoder();
    private final RestoreAbortTxnEncoder restoreAbort = new RestoreAbortTxnEncoder();
    private int bodyOffset;
    private int limit;
    private int partOffset;
    private boolean inMulti;

    /**
     * Creates a writer.
     *
     * @param buffer to write to, from offset 0; may expand.
     */
    public TxnWriter(final MutableDirectBuffer buffer)
    {
        this.buffer = buffer;
    }

    /**
     * The buffer written to.
     *
     * @return as given to the constructor.
     */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Begins a transaction and forgets what was written before.
     *
     * @param sessionId   session that asked for it, 0 for the server itself.
     * @param timeMs      wall clock.
     * @param server      origin server.
     * @param incarnation of the origin server.
     * @param sequence    of the request at its origin, 0 when nobody waits for it.
     * @param digestZxid  a zxid that this server's tree has applied.
     * @param digest      of this server's tree at that zxid.
     */
    public void begin(final long sessionId, final long timeMs, final long server, final long incarnation,
        final long sequence, final long digestZxid, final long digest)
    {
        header.wrapAndApplyHeader(buffer, 0, messageHeader).sessionId(sessionId).timeMs(timeMs).originServer(server)
            .originIncarnation(incarnation).originSequence(sequence).digestZxid(digestZxid).digest(digest);
        bodyOffset = header.limit();
        limit = bodyOffset;
        inMulti = false;
    }

    /** Forgets the body or the parts written since {@link #begin}, so that an error can take their place. */
    public void dropBody()
    {
        limit = bodyOffset;
        inMulti = false;
    }

    /**
     * Length of the transaction.
     *
     * @return bytes from offset 0.
     */
    public int length()
    {
        return limit;
    }

    /**
     * Begins a multi; its parts follow.
     */
    public void multi()
    {
        multi.wrapAndApplyHeader(buffer, bodyOffset, messageHeader).partCount(0);
        limit = multi.limit();
        inMulti = true;
    }

    /**
     * Ends a multi.
     *
     * @param partCount number of parts written.
     */
    public void endMulti(final int partCount)
    {
        multi.partCount(partCount);
        inMulti = false;
    }

    /** Body: a znode is created. The payload is null when {@code dataLength} is negative. */
    public void create(final DirectBuffer path, final int pathOffset, final int pathLength, final DirectBuffer acl,
        final int aclOffset, final int aclLength, final DirectBuffer data, final int dataOffset,
        final int dataLength, final long ephemeralOwner, final int parentCversion, final boolean answersStat)
    {
        create.wrapAndApplyHeader(buffer, beginBody(), messageHeader).ephemeralOwner(ephemeralOwner)
            .parentCversion(parentCversion).dataIsNull(dataLength < 0 ? BooleanType.T : BooleanType.F)
            .answersStat(answersStat ? BooleanType.T : BooleanType.F)
            .putPath(path, pathOffset, pathLength).putAcl(acl, aclOffset, aclLength)
            .putPayload(data, dataOffset, Math.max(dataLength, 0));
        endBody(create.limit());
    }

    /** Body: a znode is deleted. */
    public void delete(final DirectBuffer path, final int offset, final int length, final boolean reaped)
    {
        delete.wrapAndApplyHeader(buffer, beginBody(), messageHeader).reaped(reaped ? BooleanType.T : BooleanType.F)
            .putPath(path, offset, length);
        endBody(delete.limit());
    }

    /** Body: new payload; null when {@code dataLength} is negative. */
    public void setData(final DirectBuffer path, final int pathOffset, final int pathLength, final DirectBuffer data,
        final int dataOffset, final int dataLength, final int newVersion)
    {
        setData.wrapAndApplyHeader(buffer, beginBody(), messageHeader).newVersion(newVersion)
            .dataIsNull(dataLength < 0 ? BooleanType.T : BooleanType.F).putPath(path, pathOffset, pathLength)
            .putPayload(data, dataOffset, Math.max(dataLength, 0));
        endBody(setData.limit());
    }

    /** Body: new ACL. */
    public void setAcl(final DirectBuffer path, final int pathOffset, final int pathLength, final DirectBuffer acl,
        final int aclOffset, final int aclLength, final int newAversion)
    {
        setAcl.wrapAndApplyHeader(buffer, beginBody(), messageHeader).newAversion(newAversion)
            .putPath(path, pathOffset, pathLength).putAcl(acl, aclOffset, aclLength);
        endBody(setAcl.limit());
    }

    /** Body: a successful check. */
    public void check()
    {
        check.wrapAndApplyHeader(buffer, beginBody(), messageHeader);
        endBody(check.limit());
    }

    /** Body: a refused request. */
    public void error(final int errorCode)
    {
        dropBody();
        error.wrapAndApplyHeader(buffer, bodyOffset, messageHeader).errorCode(errorCode);
        limit = error.limit();
    }

    /** Body: a refused multi. */
    public void multiError(final int partCount, final int failedPart, final int errorCode)
    {
        dropBody();
        multiError.wrapAndApplyHeader(buffer, bodyOffset, messageHeader).partCount(partCount).failedPart(failedPart)
            .errorCode(errorCode);
        limit = multiError.limit();
    }

    /** Body: a session begins. */
    public void createSession(final int timeoutMs)
    {
        createSession.wrapAndApplyHeader(buffer, beginBody(), messageHeader).timeoutMs(timeoutMs);
        endBody(createSession.limit());
    }

    /** Body: a session ends. */
    public void closeSession(final boolean expired)
    {
        closeSession.wrapAndApplyHeader(buffer, beginBody(), messageHeader)
            .expired(expired ? BooleanType.T : BooleanType.F);
        endBody(closeSession.limit());
    }

    /** Body: a session moves to the origin server. */
    public void moveSession(final long attachNumber)
    {
        moveSession.wrapAndApplyHeader(buffer, beginBody(), messageHeader).attachNumber(attachNumber);
        endBody(moveSession.limit());
    }

    /** Body: the secret under which session passwords are made. */
    public void secret(final DirectBuffer secretBuffer, final int offset, final int length)
    {
        secret.wrapAndApplyHeader(buffer, beginBody(), messageHeader).putSecret(secretBuffer, offset, length);
        endBody(secret.limit());
    }

    /** Body: the beginning or a part of a restore, copied as requested, header included. */
    public void copied(final DirectBuffer body, final int offset, final int length)
    {
        final int at = beginBody();
        buffer.putBytes(at, body, offset, length);
        endBody(at + length);
    }

    /** Body: the restored tree replaces the other one. */
    public void restoreEnd(final long restoreId, final long digest, final boolean hasDigest)
    {
        restoreEnd.wrapAndApplyHeader(buffer, beginBody(), messageHeader).restoreId(restoreId).digest(digest)
            .hasDigest(hasDigest ? BooleanType.T : BooleanType.F);
        endBody(restoreEnd.limit());
    }

    /** Body: a restore is given up. */
    public void restoreAbort(final long restoreId, final RestoreEnding why)
    {
        restoreAbort.wrapAndApplyHeader(buffer, beginBody(), messageHeader).restoreId(restoreId).ending(why);
        endBody(restoreAbort.limit());
    }

    private int beginBody()
    {
        if (inMulti)
        {
            partOffset = limit;
            limit += PART_LENGTH_BYTES;
        }

        return limit;
    }

    private void endBody(final int newLimit)
    {
        if (inMulti)
        {
            buffer.putInt(partOffset, newLimit - partOffset - PART_LENGTH_BYTES, ByteOrder.LITTLE_ENDIAN);
        }

        limit = newLimit;
    }
}
