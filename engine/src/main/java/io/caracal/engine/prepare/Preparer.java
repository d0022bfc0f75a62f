/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.acl.AclChecker;
import io.caracal.engine.acl.AclNormalizer;
import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.protocol.CreateRequestDecoder;
import io.caracal.engine.protocol.CreateTtlRequestDecoder;
import io.caracal.engine.protocol.DeleteRequestDecoder;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.MultiRequestDecoder;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.ReconfigRequestDecoder;
import io.caracal.engine.protocol.SetAclRequestDecoder;
import io.caracal.engine.protocol.SetDataRequestDecoder;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.session.Session;
import io.caracal.engine.tree.ReadableTree;
import io.caracal.engine.tree.TreeRoom;
import io.caracal.engine.txn.TxnWriter;
import java.util.function.IntSupplier;
import org.agrona.DirectBuffer;

/**
 * Prepares all writes: decodes a request, has it checked, and writes the resulting transaction or error transaction
 * into the {@link TxnWriter}. The caller writes the transaction's header beforehand, proposes the transaction
 * afterwards, and then tells {@link OutstandingChanges} whether that succeeded.
 */
public final class Preparer
{
    /** Returned by {@link #prepare} when the request cannot be decoded. There is no transaction. */
    public static final int UNDECODABLE = 1;

    /**
     * Returned by {@link #prepare} when the session has moved to another connection, or is about to. There is neither a
     * transaction nor an answer; the caller has to close the connection that the request came by.
     */
    public static final int MOVED = 2;

    private final TxnWriter txn;
    private final OutstandingChanges changes;
    private final Surroundings surroundings;
    private final CreatePreparer create;
    private final DeletePreparer delete;
    private final SetDataPreparer setData;
    private final SetAclPreparer setAcl;
    private final MultiPreparer multi;
    private final SessionPreparer sessions;
    private final CreateRequestDecoder createRequest = new CreateRequestDecoder();
    private final CreateTtlRequestDecoder createTtlRequest = new CreateTtlRequestDecoder();
    private final DeleteRequestDecoder deleteRequest = new DeleteRequestDecoder();
    private final SetDataRequestDecoder setDataRequest = new SetDataRequestDecoder();
    private final SetAclRequestDecoder setAclRequest = new SetAclRequestDecoder();
    private final ReconfigRequestDecoder reconfigRequest = new ReconfigRequestDecoder();
    private final MultiRequestDecoder multiRequest = MultiRequestDecoder.ofWrites();

    /**
     * Creates a preparer for one leadership.
     *
     * @param tree          applied tree.
     * @param changes       overlay over the tree; empty.
     * @param acl           rules of access.
     * @param quotas        limits and usage.
     * @param room          memory that the tree may take.
     * @param settings      switches.
     * @param txn           receives the bodies.
     * @param txnLengthMax  says how long a transaction may be. A longer one is not written to its end, and the caller
     *                      must refuse it. A multi can become that long because a few bytes of it may stand for many in
     *                      its transaction.
     */
    public Preparer(final ReadableTree tree, final OutstandingChanges changes, final AclSettings acl,
        final QuotaTable quotas, final TreeRoom room, final PrepareSettings settings, final TxnWriter txn,
        final IntSupplier txnLengthMax)
    {
        this.txn = txn;
        this.changes = changes;
        surroundings =
            new Surroundings(tree, changes, new AclChecker(acl), new AclNormalizer(acl, tree.acls()::hash), quotas,
                room, txn);
        create = new CreatePreparer(surroundings, settings.extendedTypes());
        delete = new DeletePreparer(surroundings);
        setData = new SetDataPreparer(surroundings);
        setAcl = new SetAclPreparer(surroundings);
        multi = new MultiPreparer(surroundings, create, delete, setData, new CheckPreparer(surroundings), txnLengthMax);
        sessions = new SessionPreparer(surroundings);
        limitElements(settings.elementLengthMax());
    }

    private void limitElements(final int lengthMax)
    {
        createRequest.elementLengthMax(lengthMax);
        createTtlRequest.elementLengthMax(lengthMax);
        deleteRequest.elementLengthMax(lengthMax);
        setDataRequest.elementLengthMax(lengthMax);
        setAclRequest.elementLengthMax(lengthMax);
        multiRequest.elementLengthMax(lengthMax);
    }

    /**
     * Prepares a write of a client.
     *
     * @param opCode  one of the writes.
     * @param buffer  holds the request.
     * @param offset  of the body, after the request header.
     * @param length  of the body.
     * @param session that makes the request; null when it is unknown.
     * @param context who makes the request, and from where.
     * @return the error in the transaction, {@link ErrorCode#OK} for a transaction that takes effect,
     *         {@link #UNDECODABLE} or {@link #MOVED} when there is no transaction. A multi that fails returns OK,
     *         because its transaction contains the error.
     */
    public int prepare(final int opCode, final DirectBuffer buffer, final int offset, final int length,
        final Session session, final RequestContext context)
    {
        surroundings.begin();
        if (session != null && sessions.hasLeft(session, context.server(), context.attachNumber()))
        {
            return MOVED;
        }

        final int error = switch (opCode)
        {
            case OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER -> createRequest.wrap(buffer, offset, length) ?
                firstOf(session, opCode, createRequest, context) : UNDECODABLE;
            case OpCode.CREATE_TTL -> createTtlRequest.wrap(buffer, offset, length) ? firstOf(session, opCode,
                createTtlRequest, context) : UNDECODABLE;
            case OpCode.DELETE -> prepareDelete(buffer, offset, length, session, context);
            case OpCode.SET_DATA -> prepareSetData(buffer, offset, length, session, context);
            case OpCode.SET_ACL -> prepareSetAcl(buffer, offset, length, session, context);
            case OpCode.MULTI -> prepareMulti(buffer, offset, length, session, context);
            case OpCode.RECONFIG -> reconfigRequest.wrap(buffer, offset, length) ? ErrorCode.RECONFIG_DISABLED :
                UNDECODABLE;
            default -> ErrorCode.UNIMPLEMENTED;
        };

        if (error != ErrorCode.OK)
        {
            changes.rollback();
            if (error != UNDECODABLE)
            {
                txn.error(error);
            }
        }

        return error;
    }

    /**
     * The znode whose change was forbidden by a quota in the request prepared last.
     *
     * @return path of the znode (in a multi, of the part that failed); empty when no quota forbade anything. Valid as
     *         long as the request.
     */
    public DirectBuffer refusedByQuota()
    {
        return surroundings.refusedByQuota;
    }

    /**
     * Whether the request prepared last was refused because the tree may not take more memory.
     *
     * @return true when it was, or a part of it.
     */
    public boolean isRefusedForMemory()
    {
        return surroundings.isRefusedForMemory;
    }

    private int firstOf(final Session session, final int opCode, final CreateRequestDecoder request,
        final RequestContext context)
    {
        final int error = create.checkKind(opCode, request);
        if (error != ErrorCode.OK)
        {
            return error;
        }

        return isAlive(session) ? create.prepareKnown(opCode, request, context) : ErrorCode.SESSION_EXPIRED;
    }

    private static boolean isAlive(final Session session)
    {
        return session != null && !session.isClosing();
    }

    private int prepareDelete(final DirectBuffer buffer, final int offset, final int length, final Session session,
        final RequestContext context)
    {
        if (!deleteRequest.wrap(buffer, offset, length))
        {
            return UNDECODABLE;
        }

        return isAlive(session) ? delete.prepare(buffer, deleteRequest.pathOffset(), deleteRequest.pathLength(),
            deleteRequest.version(), context) : ErrorCode.SESSION_EXPIRED;
    }

    private int prepareSetData(final DirectBuffer buffer, final int offset, final int length, final Session session,
        final RequestContext context)
    {
        if (!setDataRequest.wrap(buffer, offset, length))
        {
            return UNDECODABLE;
        }

        return isAlive(session) ? setData.prepare(setDataRequest, context) : ErrorCode.SESSION_EXPIRED;
    }

    private int prepareSetAcl(final DirectBuffer buffer, final int offset, final int length, final Session session,
        final RequestContext context)
    {
        if (!setAclRequest.wrap(buffer, offset, length))
        {
            return UNDECODABLE;
        }

        return isAlive(session) ? setAcl.prepare(setAclRequest, context) : ErrorCode.SESSION_EXPIRED;
    }

    private int prepareMulti(final DirectBuffer buffer, final int offset, final int length, final Session session,
        final RequestContext context)
    {
        if (!multiRequest.wrap(buffer, offset, length))
        {
            return multiRequest.hasNullAcl() ? UNDECODABLE : ErrorCode.MARSHALLING_ERROR;
        }

        multi.prepare(multiRequest, context, isAlive(session) ? ErrorCode.OK : ErrorCode.SESSION_EXPIRED);

        return ErrorCode.OK;
    }

    /**
     * Whether a session has left the connection that a request came by. To be checked before {@link #prepareClose} on
     * behalf of a client.
     *
     * @param session      that made the request.
     * @param server       that holds the connection.
     * @param attachNumber that the session had when the connection took it up.
     * @return true when the caller must refuse the request and close its connection without an answer.
     */
    public boolean hasLeft(final Session session, final long server, final long attachNumber)
    {
        return sessions.hasLeft(session, server, attachNumber);
    }

    /**
     * Prepares the move of a session. Its new attach number is one more than the session's last prepared one.
     *
     * @param session that moves.
     * @param server  that holds its new connection.
     */
    public void prepareMove(final Session session, final long server)
    {
        sessions.move(session, server);
    }

    /**
     * Undoes the move prepared last, which could not be proposed.
     *
     * @param session of that move.
     */
    public void rollbackMove(final Session session)
    {
        sessions.rollbackMove(session);
    }

    /**
     * Prepares the end of a session.
     *
     * @param session that ends; it is marked as closing.
     * @param expired true when the session expired, false when its client closed it.
     */
    public void prepareClose(final Session session, final boolean expired)
    {
        sessions.close(session, expired);
    }

    /**
     * Prepares a change of the text that describes the members of the ensemble.
     *
     * @param path       holds the path of its znode from offset 0 on.
     * @param pathLength of the path.
     * @param text       holds the text from offset 0 on.
     * @param textLength of the text.
     */
    public void prepareConfig(final DirectBuffer path, final int pathLength, final DirectBuffer text,
        final int textLength)
    {
        setData.prepareConfig(path, pathLength, text, textLength);
    }

    /**
     * Prepares the removal of an empty container or of a TTL znode whose time is over.
     *
     * @param path   holds the path of the znode.
     * @param offset of the path.
     * @param length of the path.
     * @return {@link ErrorCode#OK}, or the reason why there is nothing to propose; then nothing was written.
     */
    public int prepareReaped(final DirectBuffer path, final int offset, final int length)
    {
        return delete.prepareReaped(path, offset, length);
    }
}
