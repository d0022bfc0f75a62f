/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.engine.acl.IpAddress;
import io.caracal.engine.protocol.JuteReader;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.record.codec.MessageHeaderDecoder;
import io.caracal.engine.record.codec.RequestRecordDecoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the record of a request. One instance is wrapped around each record in turn. Owned by the scribe. */
final class RequestText
{
    private static final int ADDRESS_V4_LENGTH = 4;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RequestRecordDecoder record = new RequestRecordDecoder();
    private final UnsafeBuffer address = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer identities = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer addressText = new UnsafeBuffer(new byte[IpAddress.TEXT_LENGTH_MAX]);
    private final UnsafeBuffer result = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    private final JuteReader reader = new JuteReader();

    void wrap(final DirectBuffer buffer, final int offset)
    {
        record.wrapAndApplyHeader(buffer, offset, header);
        record.wrapRemoteAddress(address);
        record.wrapIdentities(identities);
        record.wrapResult(result);
        record.wrapBody(body);
    }

    /** Reads only the zxid of a record. */
    static long zxid(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH + RequestRecordDecoder.zxidEncodingOffset(),
            ByteOrder.LITTLE_ENDIAN);
    }

    RequestRecordDecoder record()
    {
        return record;
    }

    DirectBuffer body()
    {
        return body;
    }

    DirectBuffer result()
    {
        return result;
    }

    String resultText()
    {
        return result.getStringWithoutLengthUtf8(0, result.capacity());
    }

    /** Returns the path that a request names first; empty when it names none, or its body was not kept. */
    String path()
    {
        if (!hasPath(record.opCode()))
        {
            return "";
        }

        if (body.capacity() == 0)
        {
            return resultText();
        }

        reader.wrap(body, 0, body.capacity());
        final int length = reader.readRange();

        return length <= 0 || !reader.isOk() ? "" : text(reader.buffer(), reader.rangeOffset(), length);
    }

    /** Whether requests with an opcode name a path first. */
    static boolean hasPath(final int opCode)
    {
        return switch (opCode)
        {
            case OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL, OpCode.DELETE -> true;
            case OpCode.EXISTS, OpCode.GET_DATA, OpCode.SET_DATA, OpCode.GET_ACL, OpCode.SET_ACL -> true;
            case OpCode.GET_CHILDREN, OpCode.GET_CHILDREN2, OpCode.SYNC, OpCode.GET_ALL_CHILDREN_NUMBER -> true;
            case OpCode.GET_EPHEMERALS, OpCode.ADD_WATCH, OpCode.CHECK_WATCHES, OpCode.REMOVE_WATCHES -> true;
            default -> false;
        };
    }

    String address()
    {
        final int length = IpAddress.format(address, 0, address.capacity(), addressText, 0);

        return addressText.getStringWithoutLengthAscii(0, length);
    }

    String client()
    {
        return (address.capacity() == ADDRESS_V4_LENGTH ? address() : "[" + address() + "]") + ":" +
            record.remotePort();
    }

    /** Returns the users of the identities, without empty ones. */
    List<String> users()
    {
        final List<String> users = new ArrayList<>();
        reader.wrap(identities, 0, identities.capacity());
        final int count = reader.readInt();
        for (int i = 0; i < count && reader.isOk(); i++)
        {
            reader.readRange();
            final int length = reader.readRange();
            final String user = length <= 0 ? "" : text(reader.buffer(), reader.rangeOffset(), length);
            if (!user.isBlank())
            {
                users.add(user);
            }
        }

        return users;
    }

    static String text(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);

        return new String(bytes, StandardCharsets.UTF_8);
    }
}
