/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.engine.BrokenInvariantException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplyEncoderTest
{
    private static final int OFFSET = 3;

    private final ReplyEncoder reply = new ReplyEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final DirectBuffer path = new UnsafeBuffer("/abc".getBytes(StandardCharsets.US_ASCII));

    /** Room that is claimed holds what was sent from there before. */
    @BeforeEach
    void fill()
    {
        buffer.setMemory(0, buffer.capacity(), (byte)0x5A);
    }

    private String frame(final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(OFFSET, bytes);

        return HexFormat.of().formatHex(bytes);
    }

    private static String plain(final String digits)
    {
        return digits.replace(" ", "");
    }

    private JuteWriter begin(final int length)
    {
        return reply.begin(buffer, OFFSET, length, 5, 0x10, ErrorCode.OK);
    }

    private void stat()
    {
        reply.stat().zxids(1, 2, 11).times(3, 4).versions(5, 6, 7).ephemeralOwner(8).sizes(9, 10);
    }

    private static final String STAT = plain("0000000000000001 0000000000000002 0000000000000003 0000000000000004" +
        "00000005 00000006 00000007 0000000000000008 00000009 0000000a 000000000000000b");

    private static String head(final int length)
    {
        return HexFormat.of().toHexDigits(length - 4) + plain("00000005 0000000000000010 00000000");
    }

    @Test
    void shouldEncodeHeaderAlone()
    {
        reply.begin(buffer, OFFSET, ReplyLength.HEADER, Xid.PING, 0x1234, ErrorCode.OK);
        reply.end();
        assertEquals(plain("00000010 fffffffe 0000000000001234 00000000"), frame(ReplyLength.HEADER));

        reply.begin(buffer, OFFSET, ReplyLength.HEADER, 1, 2, ErrorCode.NO_NODE);
        reply.end();
        assertEquals(plain("00000010 00000001 0000000000000002 ffffff9b"), frame(ReplyLength.HEADER));
    }

    @Test
    void shouldEncodeStat()
    {
        begin(ReplyLength.STAT);
        stat();
        reply.end();
        assertEquals(head(ReplyLength.STAT) + STAT, frame(ReplyLength.STAT));

        assertEquals(new ReadStat(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), ReadStat.at(buffer, OFFSET + ReplyLength.HEADER));
    }

    @Test
    void shouldEncodeData()
    {
        final int length = ReplyLength.ofRangeAndStat(4);
        begin(length).writeRange(path, 0, 4);
        stat();
        reply.end();
        assertEquals(head(length) + plain("00000004 2f616263") + STAT, frame(length));

        final int nullLength = ReplyLength.ofRangeAndStat(JuteReader.NULL);
        begin(nullLength).writeRange(path, 0, JuteReader.NULL);
        stat();
        reply.end();
        assertEquals(head(nullLength) + "ffffffff" + STAT, frame(nullLength));
    }

    @Test
    void shouldEncodePathAndNumber()
    {
        final int length = ReplyLength.ofRange(4);
        begin(length).writeRange(path, 0, 4);
        reply.end();
        assertEquals(head(length) + plain("00000004 2f616263"), frame(length));

        begin(ReplyLength.INT).writeInt(3);
        reply.end();
        assertEquals(head(ReplyLength.INT) + "00000003", frame(ReplyLength.INT));
    }

    @Test
    void shouldEncodeChildren()
    {
        final int length = Math.toIntExact(ReplyLength.ofStringsAndStat(2, 3));
        begin(length).writeInt(2).writeRange(path, 1, 1).writeRange(path, 2, 2);
        stat();
        reply.end();
        assertEquals(head(length) + plain("00000002 00000001 61 00000002 6263") + STAT, frame(length));
        assertEquals(length - StatEncoder.LENGTH, ReplyLength.ofStrings(2, 3));
        assertEquals(28L + 4L * Integer.MAX_VALUE - 4, ReplyLength.ofStrings(Integer.MAX_VALUE, 0));
    }

    @Test
    void shouldEncodeAcl()
    {
        final byte[] acl = RequestSamples.bytes(RequestSamples::openAcl);
        final int length = ReplyLength.ofAcl(acl.length);
        begin(length).writeRaw(new UnsafeBuffer(acl), 0, acl.length);
        stat();
        reply.end();
        assertEquals(head(length) + HexFormat.of().formatHex(acl) + STAT, frame(length));
    }

    @Test
    void shouldEncodeMulti()
    {
        final int length = Math.toIntExact(ReplyLength.ofMulti(ReplyLength.PART + JuteWriter.lengthOfRange(4) +
            ReplyLength.ofRangeAndStatPart(2) + ReplyLength.PART + StatEncoder.LENGTH + ReplyLength.PART +
            ReplyLength.ofStringsPart(1, 1)));
        begin(length);
        reply.part(OpCode.CREATE, ErrorCode.OK).writeRange(path, 0, 4);
        reply.part(OpCode.CREATE2, ErrorCode.OK).writeRange(path, 0, 2);
        stat();
        reply.part(OpCode.SET_DATA, ErrorCode.OK);
        stat();
        reply.part(OpCode.CHECK, ErrorCode.OK);
        reply.part(OpCode.GET_CHILDREN, ErrorCode.OK).writeInt(1).writeRange(path, 1, 1);
        reply.endOfParts();
        reply.end();

        assertEquals(head(length) + plain("00000001 00 00000000 00000004 2f616263 0000000f 00 00000000 00000002 2f61") +
            STAT + plain("00000005 00 00000000") + STAT +
            plain("0000000d 00 00000000 00000008 00 00000000 00000001 00000001 61 ffffffff 01 ffffffff"),
            frame(length));
    }

    @Test
    void shouldEncodeFailedMulti()
    {
        final int length = Math.toIntExact(ReplyLength.ofMulti(3 * ReplyLength.ERROR_PART));
        begin(length);
        reply.errorPart(ErrorCode.OK);
        reply.errorPart(ErrorCode.NO_NODE);
        reply.errorPart(ErrorCode.RUNTIME_INCONSISTENCY);
        reply.endOfParts();
        reply.end();

        assertEquals(head(length) + plain("ffffffff 00 00000000 00000000 ffffffff 00 ffffff9b ffffff9b" +
            "ffffffff 00 fffffffe fffffffe ffffffff 01 ffffffff"), frame(length));
    }

    @Test
    void shouldEncodeAnswerToMalformedMultiRead()
    {
        reply.begin(buffer, OFFSET, ReplyLength.EMPTY_MULTI, 5, 0x10, ErrorCode.MARSHALLING_ERROR);
        reply.endOfParts();
        reply.end();

        assertEquals(plain("00000019 00000005 0000000000000010 fffffffb ffffffff 01 ffffffff"),
            frame(ReplyLength.EMPTY_MULTI));
    }

    @Test
    void shouldRefuseFrameOfAnotherLengthThanClaimed()
    {
        begin(ReplyLength.INT);
        assertThrows(BrokenInvariantException.class, reply::end);
        reply.body().writeLong(1);
        assertThrows(BrokenInvariantException.class, reply::end);
    }

    @Test
    void shouldEncodeConnectResponse()
    {
        final MutableDirectBuffer password = RequestSamples.hex("ff 000102030405060708090a0b0c0d0e0f");
        ConnectResponseEncoder.accept(buffer, OFFSET, true, false, 30_000, 0x100000000000001L, password, 1);
        assertEquals(plain("00000025 00000000 00007530 0100000000000001 00000010 000102030405060708090a0b0c0d0e0f 00"),
            frame(ConnectResponseEncoder.length(true)));

        ConnectResponseEncoder.accept(buffer, OFFSET, false, false, 4_000, 2, password, 1);
        assertEquals(plain("00000024 00000000 00000fa0 0000000000000002 00000010 000102030405060708090a0b0c0d0e0f"),
            frame(ConnectResponseEncoder.length(false)));

        ConnectResponseEncoder.refuse(buffer, OFFSET, true, true);
        assertEquals(plain("00000025 00000000 00000000 0000000000000000 00000010 00000000000000000000000000000000 01"),
            frame(ConnectResponseEncoder.length(true)));
    }

    @Test
    void shouldEncodeWatchEvent()
    {
        WatchEventEncoder.encode(buffer, OFFSET, 0x42, EventType.NODE_CHILDREN_CHANGED, path, 0, 4);
        assertEquals(plain("00000020 ffffffff 0000000000000042 00000000 00000004 00000003 00000004 2f616263"),
            frame(WatchEventEncoder.length(4)));
    }
}
