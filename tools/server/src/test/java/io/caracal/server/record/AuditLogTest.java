/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.record.codec.MessageHeaderEncoder;
import io.caracal.engine.record.codec.RequestRecordEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Requests that are too long to be parsed, and those with paths that look like lines of the log, are audited as well.
 */
class AuditLogTest
{
    private static final int PART_HEADER_LENGTH = 9;

    private final UnsafeBuffer body = new UnsafeBuffer(new byte[1024]);
    private final JuteWriter writer = new JuteWriter();
    private final List<String> lines = new ArrayList<>();
    private final AuditLog audit = new AuditLog(lines::add, () -> lines.add("flush"), "keeper");

    @Test
    void shouldNameWhatAMultiCreatedWhenItsResultsWereCutOff()
    {
        final int length = multi("/a");
        audit.request(record(OpCode.MULTI, 0, length, PART_HEADER_LENGTH));

        assertEquals(List.of("session=0x10\tip=127.0.0.1\toperation=create\tznode=/a\tznode_type=persistent\t" +
            "result=success"), lines);
    }

    @Test
    void shouldWriteOneLineForAMultiThatWasCutOff()
    {
        final int length = multi("/a");
        audit.request(record(OpCode.MULTI, 0, length - 1, PART_HEADER_LENGTH));

        assertEquals(List.of("session=0x10\tip=127.0.0.1\toperation=multiOperation\tresult=success"), lines);
    }

    @Test
    void shouldNotLetAClientWriteLinesOfItsOwn()
    {
        writer.wrap(body, 0);
        path("/a\tresult=success\n/b");
        writer.writeInt(-1);
        audit.request(record(OpCode.DELETE, -101, writer.position(), 0));

        assertEquals(
            List.of("session=0x10\tip=127.0.0.1\toperation=delete\tznode=/a?result=success?/b\tresult=failure"), lines);
    }

    private int multi(final String path)
    {
        writer.wrap(body, 0);
        header(OpCode.CREATE, false);
        path(path);
        writer.writeInt(0);
        writer.writeInt(0);
        writer.writeInt(0);
        header(-1, true);

        return writer.position();
    }

    private void header(final int opCode, final boolean isLast)
    {
        writer.writeInt(opCode);
        writer.writeBool(isLast);
        writer.writeInt(-1);
    }

    private void path(final String path)
    {
        final byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        writer.writeRange(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Creates a record; its result is that of a create of which only the header was kept. */
    private RequestText record(final int opCode, final int error, final int bodyLength, final int resultLength)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RequestRecordEncoder encoder = new RequestRecordEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).sessionId(0x10).zxid(1).arrivalNs(0)
            .opCode(opCode).xid(1).errorCode(error).remotePort(1).putRemoteAddress(new byte[]{ 127, 0, 0, 1 }, 0, 4)
            .putIdentities(new byte[4], 0, 4).putResult(result(), 0, resultLength).putBody(body, 0, bodyLength);
        final RequestText text = new RequestText();
        text.wrap(buffer, 0);

        return text;
    }

    private static DirectBuffer result()
    {
        final UnsafeBuffer result = new UnsafeBuffer(new byte[PART_HEADER_LENGTH]);
        final JuteWriter part = new JuteWriter();
        part.wrap(result, 0);
        part.writeInt(OpCode.CREATE);
        part.writeBool(false);
        part.writeInt(0);

        return result;
    }
}
