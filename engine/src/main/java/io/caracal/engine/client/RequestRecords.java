/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.acl.Identities;
import io.caracal.engine.apply.Outcome;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.record.codec.MessageHeaderEncoder;
import io.caracal.engine.record.codec.RequestRecordEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reports single requests of this server's clients to the event sink, if it wants them: who asked for what, and with
 * which result. The sink decides what it is told; it influences nothing else.
 */
final class RequestRecords
{
    private final EventSink sink;
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(1024);
    private final UnsafeBuffer identities = new UnsafeBuffer(new byte[0]);
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private final RequestRecordEncoder encoder = new RequestRecordEncoder();
    private final JuteWriter writer = new JuteWriter();
    private final DirectBuffer nothing = new UnsafeBuffer(new byte[0]);

    RequestRecords(final EventSink sink)
    {
        this.sink = sink;
    }

    /** Whether the bodies of writes have to be kept until they are answered, because their records contain them. */
    boolean keepsWrites()
    {
        return sink.wantsWrites();
    }

    /** A request was answered without a transaction. */
    void onRead(final ClientConnection connection, final InFlightHeader header, final int error,
        final DirectBuffer body, final int offset, final int length)
    {
        final int bodyMax = sink.recordBodyMax(header.opCode, header.arrivalNs);
        if (bodyMax >= 0)
        {
            begin(connection, header, 0, error);
            encoder.putResult(nothing, 0, 0);
            encoder.putBody(body, offset, Math.min(length, bodyMax));
            end();
        }
    }

    /** The transaction of a request was applied; its client may be gone. */
    void onWrite(final InFlight request, final Outcome outcome)
    {
        final int bodyMax = sink.recordBodyMax(request.opCode, request.arrivalNs);
        if (bodyMax >= 0 && request.client != null)
        {
            begin(request.client, request, outcome.zxid(), outcome.errorCode());
            putResult(request.opCode, outcome, bodyMax);
            encoder.putBody(request.frame == null ? nothing : request.frame, 0,
                request.frame == null ? 0 : Math.min(request.bodyLength, bodyMax));
            end();
        }
    }

    /** Adds the result. The results of a multi may be longer than its request, so both have the same limit. */
    private void putResult(final int opCode, final Outcome outcome, final int lengthMax)
    {
        if (outcome.errorCode() != ErrorCode.OK)
        {
            encoder.putResult(nothing, 0, 0);
        }
        else if (opCode == OpCode.MULTI)
        {
            encoder.putResult(outcome.multiResult().firstBytes(lengthMax), 0, (int)Math.min(outcome.multiResult()
                .length(), lengthMax));
        }
        else if (isZnodeWrite(opCode))
        {
            encoder.putResult(outcome.path(), outcome.pathOffset(), Math.min(outcome.pathLength(), lengthMax));
        }
        else
        {
            encoder.putResult(nothing, 0, 0);
        }
    }

    private static boolean isZnodeWrite(final int opCode)
    {
        return switch (opCode)
        {
            case OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL -> true;
            case OpCode.DELETE, OpCode.SET_DATA, OpCode.SET_ACL -> true;
            default -> false;
        };
    }

    private void begin(final ClientConnection connection, final InFlightHeader header, final long zxid, final int error)
    {
        encoder.wrapAndApplyHeader(record, 0, messageHeader)
            .sessionId(connection.sessionId).zxid(zxid)
            .arrivalNs(header.arrivalNs).opCode(header.opCode).xid(header.xid).errorCode(error)
            .remotePort(connection.port).putRemoteAddress(connection.address, 0, connection.addressLength);
        putIdentities(connection.identities);
    }

    private void putIdentities(final Identities proven)
    {
        final int length = proven.whoAmILength();
        if (identities.capacity() < length)
        {
            identities.wrap(new byte[2 * length]);
        }
        writer.wrap(identities, 0);
        proven.encodeWhoAmI(writer);
        encoder.putIdentities(identities, 0, length);
    }

    private void end()
    {
        sink.onRecord(record, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }
}
