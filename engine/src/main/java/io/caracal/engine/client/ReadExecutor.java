/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.GetEphemeralsRequestDecoder;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.PathRequestDecoder;
import io.caracal.engine.protocol.PathWatchRequestDecoder;
import io.caracal.engine.protocol.ReplyLength;
import io.caracal.engine.protocol.SyncRequestDecoder;
import io.caracal.engine.protocol.Xid;
import org.agrona.DirectBuffer;

/**
 * Answers requests that need no transaction, from the applied tree. A read that sets a watch does both in one step: no
 * transaction is applied in between, so no change can be missed.
 */
final class ReadExecutor
{
    private final Replica replica;
    private final Responder responder;
    private final ZnodeReads znodes;
    private final WatchRequests watches;
    private final MultiReads multiReads;
    private final RequestRecords records;
    private final PathWatchRequestDecoder pathAndWatch = new PathWatchRequestDecoder();
    private final PathRequestDecoder path = new PathRequestDecoder();
    private final GetEphemeralsRequestDecoder ephemerals = new GetEphemeralsRequestDecoder();
    private final SyncRequestDecoder sync = new SyncRequestDecoder();

    ReadExecutor(final Replica replica, final Responder responder, final ZnodeReads znodes,
        final WatchRequests watches, final MultiReads multiReads, final RequestRecords records)
    {
        this.replica = replica;
        this.responder = responder;
        this.znodes = znodes;
        this.watches = watches;
        this.multiReads = multiReads;
        this.records = records;
    }

    /**
     * Sets the longest string or buffer within a request, in bytes. A request with a longer one is answered with a
     * marshalling error.
     */
    void elementLengthMax(final int lengthMax)
    {
        pathAndWatch.elementLengthMax(lengthMax);
        path.elementLengthMax(lengthMax);
        ephemerals.elementLengthMax(lengthMax);
        sync.elementLengthMax(lengthMax);
        watches.elementLengthMax(lengthMax);
        multiReads.elementLengthMax(lengthMax);
    }

    /**
     * Answers a request.
     *
     * @return false when the connection is to be closed after the answer.
     */
    boolean execute(final ClientConnection connection, final InFlightHeader header, final DirectBuffer buffer,
        final int offset, final int length)
    {
        final int xid = header.opCode == OpCode.PING ? Xid.PING : header.xid;
        responder.to(connection, xid, header.opCode, header.arrivalNs);
        if (header.localError != ErrorCode.OK)
        {
            responder.header(replica.lastAppliedZxid(), header.localError);
            records.onRead(connection, header, header.localError, buffer, offset, length);
            return true;
        }

        znodes.identityLimit(header.identityLimit);
        final int error = dispatch(connection, header.opCode, buffer, offset, length);
        records.onRead(connection, header, error, buffer, offset, length);
        if (error == ErrorCode.UNIMPLEMENTED)
        {
            responder.header(-1, error);
            return false;
        }

        if (error != ErrorCode.OK)
        {
            responder.header(replica.lastAppliedZxid(), error);
        }

        return true;
    }

    /** Answers the request and returns OK, or returns the error to answer. */
    private int dispatch(final ClientConnection connection, final int opCode, final DirectBuffer buffer,
        final int offset, final int length)
    {
        return switch (opCode)
        {
            case OpCode.GET_DATA, OpCode.EXISTS, OpCode.GET_CHILDREN, OpCode.GET_CHILDREN2 ->
                pathAndWatch.wrap(buffer, offset, length) ? znodes.read(connection, opCode, pathAndWatch) :
                    ErrorCode.MARSHALLING_ERROR;
            case OpCode.GET_ACL -> path.wrap(buffer, offset, length) ? znodes.acl(connection, path) :
                ErrorCode.MARSHALLING_ERROR;
            case OpCode.GET_ALL_CHILDREN_NUMBER -> path.wrap(buffer, offset, length) ?
                znodes.countDescendants(connection, path) : ErrorCode.MARSHALLING_ERROR;
            case OpCode.GET_EPHEMERALS -> ephemerals.wrap(buffer, offset, length) ? znodes.ephemerals(connection,
                ephemerals) : ErrorCode.MARSHALLING_ERROR;
            case OpCode.MULTI_READ -> multiReads.execute(connection, buffer, offset, length);
            case OpCode.SYNC -> sync.wrap(buffer, offset, length) ? answerSync() : ErrorCode.MARSHALLING_ERROR;
            case OpCode.PING -> answerEmpty();
            case OpCode.WHO_AM_I -> whoAmI(connection);
            case OpCode.ADD_WATCH -> watches.add(connection, buffer, offset, length);
            case OpCode.CHECK_WATCHES -> watches.check(connection, buffer, offset, length);
            case OpCode.REMOVE_WATCHES -> watches.remove(connection, buffer, offset, length);
            case OpCode.SET_WATCHES -> watches.setAgain(connection, buffer, offset, length, false);
            case OpCode.SET_WATCHES2 -> watches.setAgain(connection, buffer, offset, length, true);
            default -> ErrorCode.UNIMPLEMENTED;
        };
    }

    private int answerEmpty()
    {
        responder.header(replica.lastAppliedZxid(), ErrorCode.OK);

        return ErrorCode.OK;
    }

    private int answerSync()
    {
        final JuteWriter body = responder.begin(ReplyLength.ofRange(sync.pathLength()), replica.lastAppliedZxid(),
            ErrorCode.OK);
        if (body != null)
        {
            body.writeRange(sync.buffer(), sync.pathOffset(), sync.pathLength());
            responder.end();
        }

        return ErrorCode.OK;
    }

    private int whoAmI(final ClientConnection connection)
    {
        final int length = connection.identities.whoAmILength();
        final JuteWriter body = responder.begin(ReplyLength.ofIdentities(length), replica.lastAppliedZxid(),
            ErrorCode.OK);
        if (body != null)
        {
            connection.identities.encodeWhoAmI(body);
            responder.end();
        }

        return ErrorCode.OK;
    }
}
