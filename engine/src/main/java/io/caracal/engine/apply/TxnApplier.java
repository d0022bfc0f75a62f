/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.Invariant;
import io.caracal.engine.protocol.PathRules;
import io.caracal.engine.session.Session;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.NewZnode;
import io.caracal.engine.txn.TxnWriter;
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
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Applies committed transactions to the replica, in zxid order. A transaction that contradicts the state is a broken
 * invariant, because after it servers would have different states.
 */
public final class TxnApplier
{
    private final Replica replica;
    private final DataTree tree;
    private final TxnEvents events;
    private final Outcome outcome = new Outcome();
    private final MultiResult multiResult = outcome.multiResult();
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final TxnHeaderDecoder header = new TxnHeaderDecoder();
    private final CreateTxnDecoder create = new CreateTxnDecoder();
    private final DeleteTxnDecoder delete = new DeleteTxnDecoder();
    private final SetDataTxnDecoder setData = new SetDataTxnDecoder();
    private final SetAclTxnDecoder setAcl = new SetAclTxnDecoder();
    private final MultiTxnDecoder multi = new MultiTxnDecoder();
    private final ErrorTxnDecoder error = new ErrorTxnDecoder();
    private final MultiErrorTxnDecoder multiError = new MultiErrorTxnDecoder();
    private final CreateSessionTxnDecoder createSession = new CreateSessionTxnDecoder();
    private final MoveSessionTxnDecoder moveSession = new MoveSessionTxnDecoder();
    private final SecretTxnDecoder secret = new SecretTxnDecoder();
    private final UnsafeBuffer path = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer acl = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
    private final NewZnode newZnode = new NewZnode();
    private final RestoreApplier restores;
    private final ExpandableArrayBuffer ephemeralPath = new ExpandableArrayBuffer();
    private long guess;

    /**
     * Creates an applier.
     *
     * @param replica to which transactions are applied.
     * @param events  told of changes to znodes.
     */
    public TxnApplier(final Replica replica, final TxnEvents events)
    {
        this.replica = replica;
        tree = replica.tree();
        this.events = events;
        restores = new RestoreApplier(replica, events);
    }

    /**
     * Applies one transaction.
     *
     * @param zxid   of the transaction, later than the last one applied.
     * @param buffer holds the transaction; the outcome's path refers to this buffer.
     * @param offset of its header.
     * @param length of the whole transaction.
     * @return what it resulted in; overwritten by the next call.
     */
    public Outcome apply(final long zxid, final DirectBuffer buffer, final int offset, final int length)
    {
        return apply(zxid, buffer, offset, length, DataTree.NONE);
    }

    /**
     * Applies one transaction, with a guess which znode it is about.
     *
     * @param zxid   of the transaction, later than the last one applied.
     * @param buffer holds the transaction; the outcome's path refers to this buffer.
     * @param offset of its header.
     * @param length of the whole transaction.
     * @param znode  guess which znode it is about; makes finding the znode faster and changes nothing else;
     *               {@link DataTree#NONE} for no guess.
     * @return what it resulted in; overwritten by the next call.
     */
    public Outcome apply(final long zxid, final DirectBuffer buffer, final int offset, final int length,
        final long znode)
    {
        Invariant.check(zxid > replica.lastAppliedZxid(), "a transaction is applied out of order");
        header.wrapAndApplyHeader(buffer, offset, messageHeader);
        outcome.begin(zxid);
        guess = znode;
        outcome.sessionId = header.sessionId();
        outcome.digestZxid = header.digestZxid();
        outcome.digest = header.digest();
        outcome.originServer = header.originServer();
        outcome.originIncarnation = header.originIncarnation();
        outcome.originSequence = header.originSequence();

        final int bodyOffset = offset + MessageHeaderDecoder.ENCODED_LENGTH + messageHeader.blockLength();
        applyBody(zxid, buffer, bodyOffset, offset + length);
        replica.quotas().onTxnEnd();

        if (outcome.originSequence != 0)
        {
            replica.origins().onTxn(outcome.originServer, outcome.originIncarnation, outcome.originSequence);
        }
        replica.lastAppliedZxid(zxid);

        return outcome;
    }

    private void applyBody(final long zxid, final DirectBuffer buffer, final int offset, final int end)
    {
        messageHeader.wrap(buffer, offset);
        switch (messageHeader.templateId())
        {
            case MultiTxnDecoder.TEMPLATE_ID -> applyMulti(zxid, buffer, offset, end);
            case ErrorTxnDecoder.TEMPLATE_ID ->
                outcome.errorCode = error.wrapAndApplyHeader(buffer, offset, messageHeader).errorCode();
            case MultiErrorTxnDecoder.TEMPLATE_ID -> applyMultiError(buffer, offset);
            case CreateSessionTxnDecoder.TEMPLATE_ID -> applyCreateSession(buffer, offset);
            case CloseSessionTxnDecoder.TEMPLATE_ID -> applyCloseSession(zxid);
            case MoveSessionTxnDecoder.TEMPLATE_ID -> applyMoveSession(buffer, offset);
            case SecretTxnDecoder.TEMPLATE_ID -> applySecret(buffer, offset);
            case RestoreBeginTxnDecoder.TEMPLATE_ID, RestorePartTxnDecoder.TEMPLATE_ID,
                RestoreEndTxnDecoder.TEMPLATE_ID, RestoreAbortTxnDecoder.TEMPLATE_ID ->
                restores.apply(zxid, buffer, offset);
            default -> applyPart(zxid, buffer, offset);
        }
    }

    private void applyPart(final long zxid, final DirectBuffer buffer, final int offset)
    {
        messageHeader.wrap(buffer, offset);
        switch (messageHeader.templateId())
        {
            case CreateTxnDecoder.TEMPLATE_ID -> applyCreate(zxid, buffer, offset);
            case DeleteTxnDecoder.TEMPLATE_ID -> applyDelete(zxid, buffer, offset);
            case SetDataTxnDecoder.TEMPLATE_ID -> applySetData(zxid, buffer, offset);
            case SetAclTxnDecoder.TEMPLATE_ID -> applySetAcl(buffer, offset);
            case CheckTxnDecoder.TEMPLATE_ID -> multiResult.checked();
            default -> throw new IllegalStateException("transaction of an unknown kind " + messageHeader.templateId() +
                ": written by a later version");
        }
    }

    private void applyCreate(final long zxid, final DirectBuffer buffer, final int offset)
    {
        create.wrapAndApplyHeader(buffer, offset, messageHeader);
        create.wrapPath(path);
        create.wrapAcl(acl);
        final boolean isNull = create.dataIsNull() == BooleanType.T;
        create.wrapPayload(payload);

        final int pathLength = path.capacity();
        final int parentLength = PathRules.parentLength(path, 0, pathLength);
        final long parent = tree.find(guess, path, 0, parentLength);
        Invariant.check(parent != DataTree.NONE, "a znode is born without a parent");
        final int nameOffset = PathRules.lastSlash(path, 0, pathLength) + 1;
        final int aclId = tree.acls().intern(acl, 0, acl.capacity());
        newZnode.name(path, nameOffset, pathLength - nameOffset).data(payload, 0, isNull ? -1 : payload.capacity())
            .acl(aclId).ephemeralOwner(create.ephemeralOwner());
        final long node = tree.create(parent, newZnode, create.parentCversion(), zxid, header.timeMs());
        tree.acls().release(aclId);
        replica.quotas().onCreated(path, 0, pathLength, payload.capacity());
        done(node);
        multiResult.created(path, create.answersStat() == BooleanType.T, tree, node);
        events.onCreated(zxid, path, 0, pathLength, node);
    }

    private void applyDelete(final long zxid, final DirectBuffer buffer, final int offset)
    {
        delete.wrapAndApplyHeader(buffer, offset, messageHeader);
        delete.wrapPath(path);
        final long node = existing(path);
        deleteNode(zxid, path, path.capacity(), node);
        done(DataTree.NONE);
        multiResult.deleted();
    }

    private void deleteNode(final long zxid, final DirectBuffer nodePath, final int length, final long node)
    {
        events.onDeleting(zxid, nodePath, 0, length, node);
        final int dataLength = Math.max(0, tree.dataLength(node));
        tree.delete(node, zxid);
        replica.quotas().onDeleted(nodePath, 0, length, dataLength);
    }

    private void applySetData(final long zxid, final DirectBuffer buffer, final int offset)
    {
        setData.wrapAndApplyHeader(buffer, offset, messageHeader);
        final boolean isNull = setData.dataIsNull() == BooleanType.T;
        setData.wrapPath(path);
        setData.wrapPayload(payload);
        final long node = existing(path);
        final int before = Math.max(0, tree.dataLength(node));
        replica.quotas().onDataChanging(path, 0, path.capacity(), node);
        tree.setData(node, payload, 0, isNull ? -1 : payload.capacity(), setData.newVersion(), zxid, header.timeMs());
        replica.quotas().onDataChanged(path, 0, path.capacity(), before, payload.capacity());
        done(node);
        multiResult.dataChanged(tree, node);
        events.onDataChanged(zxid, path, 0, path.capacity(), node);
    }

    private void applySetAcl(final DirectBuffer buffer, final int offset)
    {
        setAcl.wrapAndApplyHeader(buffer, offset, messageHeader);
        setAcl.wrapPath(path);
        setAcl.wrapAcl(acl);
        final long node = existing(path);
        final int aclId = tree.acls().intern(acl, 0, acl.capacity());
        tree.setAcl(node, aclId, setAcl.newAversion());
        tree.acls().release(aclId);
        done(node);
    }

    private long existing(final DirectBuffer nodePath)
    {
        Invariant.check(nodePath.capacity() > 0, "a transaction names no znode");
        final long node = tree.find(guess, nodePath, 0, nodePath.capacity());
        Invariant.check(node != DataTree.NONE, "a transaction changes a znode that does not exist");

        return node;
    }

    private void done(final long node)
    {
        outcome.node = node;
        outcome.path = path;
        outcome.pathOffset = 0;
        outcome.pathLength = path.capacity();
    }

    private void applyMulti(final long zxid, final DirectBuffer buffer, final int offset, final int end)
    {
        multi.wrapAndApplyHeader(buffer, offset, messageHeader);
        multiResult.begin();
        final int partCount = multi.partCount();
        int position = multi.limit();
        for (int i = 0; i < partCount; i++)
        {
            final int partLength = buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);
            position += TxnWriter.PART_LENGTH_BYTES;
            applyPart(zxid, buffer, position);
            position += partLength;
        }
        Invariant.check(position == end, "the parts of a multi do not fill it");
        multiResult.end();
    }

    private void applyMultiError(final DirectBuffer buffer, final int offset)
    {
        multiError.wrapAndApplyHeader(buffer, offset, messageHeader);
        multiResult.refused(multiError.partCount(), multiError.failedPart(), multiError.errorCode());
    }

    private void applyCreateSession(final DirectBuffer buffer, final int offset)
    {
        createSession.wrapAndApplyHeader(buffer, offset, messageHeader);
        Invariant.check(replica.sessions().find(outcome.sessionId) == null, "a session id comes twice");
        outcome.createdSession = replica.sessions().add(outcome.sessionId, createSession.timeoutMs(),
            outcome.originServer, 0);
    }

    /**
     * Ends a session and deletes its ephemerals. It may be gone already, because its client may have closed it while it
     * expired; then nothing happens.
     */
    private void applyCloseSession(final long zxid)
    {
        final Session session = replica.sessions().find(outcome.sessionId);
        if (session == null)
        {
            return;
        }

        long node = tree.owned().firstOfSession(outcome.sessionId);
        while (node != DataTree.NONE)
        {
            final int length = tree.copyPath(node, ephemeralPath, 0);
            events.onEphemeralEnded(outcome.sessionId, ephemeralPath, length);
            deleteNode(zxid, ephemeralPath, length, node);
            node = tree.owned().firstOfSession(outcome.sessionId);
        }
        replica.sessions().remove(outcome.sessionId);
        outcome.closedSession = session;
    }

    private void applyMoveSession(final DirectBuffer buffer, final int offset)
    {
        moveSession.wrapAndApplyHeader(buffer, offset, messageHeader);
        final Session session = replica.sessions().find(outcome.sessionId);
        if (session != null)
        {
            replica.sessions().move(session, outcome.originServer, moveSession.attachNumber());
            outcome.movedSession = session;
        }
    }

    private void applySecret(final DirectBuffer buffer, final int offset)
    {
        secret.wrapAndApplyHeader(buffer, offset, messageHeader);
        final byte[] bytes = new byte[secret.secretLength()];
        secret.getSecret(bytes, 0, bytes.length);
        replica.passwords().secret(bytes);
    }
}
