/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static io.caracal.engine.protocol.RequestSamples.bytes;
import static io.caracal.engine.protocol.RequestSamples.lastPart;
import static io.caracal.engine.protocol.RequestSamples.openAcl;
import static io.caracal.engine.protocol.RequestSamples.part;
import static io.caracal.engine.protocol.RequestSamples.path;
import static io.caracal.engine.protocol.RequestSamples.string;
import static io.caracal.engine.protocol.RequestSamples.text;
import static io.caracal.engine.protocol.RequestSamples.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestDecoderTest
{
    private static boolean wrap(final RequestDecoder decoder, final byte[] record)
    {
        return decoder.wrap(new UnsafeBuffer(record), 0, record.length);
    }

    private static Arguments of(final RequestDecoder decoder, final Consumer<JuteWriter> record)
    {
        return Arguments.of(decoder, bytes(record));
    }

    static Stream<Arguments> wholeRecords()
    {
        return Stream.of(
            of(new CreateRequestDecoder(), w -> openAcl(text(text(w, "/a"), "hi")).writeInt(CreateMode.EPHEMERAL)),
            of(new CreateTtlRequestDecoder(), w -> openAcl(text(text(w, "/a"), null)).writeInt(5).writeLong(60_000)),
            of(new DeleteRequestDecoder(), w -> text(w, "/a").writeInt(-1)),
            of(new PathRequestDecoder(), w -> text(w, "/a")),
            of(new PathWatchRequestDecoder(), w -> text(w, "/a").writeBool(true)),
            of(new SetDataRequestDecoder(), w -> text(text(w, "/a"), "yo").writeInt(3)),
            of(new SetAclRequestDecoder(), w -> openAcl(text(w, "/a")).writeInt(4)),
            of(new SyncRequestDecoder(), w -> text(w, "/a")),
            of(new CheckRequestDecoder(), w -> text(w, "/a").writeInt(2)),
            of(new WatchesRequestDecoder(), w -> text(w, "/a").writeInt(WatcherType.ANY)),
            of(new AddWatchRequestDecoder(), w -> text(w, "/a").writeInt(AddWatchMode.PERSISTENT_RECURSIVE)),
            of(new SetWatchesRequestDecoder(), w -> texts(texts(texts(w.writeLong(9), "/a"), "/b", "/c"))),
            of(new SetWatches2RequestDecoder(),
                w -> texts(texts(texts(texts(texts(w.writeLong(9), "/a")), "/c"), "/d"), "/e")),
            of(new AuthRequestDecoder(), w -> text(text(w.writeInt(0), "digest"), "u:p")),
            of(new GetEphemeralsRequestDecoder(), w -> text(w, "/a")),
            of(new ReconfigRequestDecoder(), w -> text(text(text(w, "server.1"), null), "x").writeLong(-1)),
            of(MultiRequestDecoder.ofWrites(),
                w -> lastPart(
                    text(part(text(part(w, OpCode.DELETE), "/a").writeInt(1), OpCode.CHECK), "/b").writeInt(0))),
            of(MultiRequestDecoder.ofReads(),
                w -> lastPart(text(part(w, OpCode.GET_CHILDREN), "/a").writeBool(false))));
    }

    @ParameterizedTest
    @MethodSource("wholeRecords")
    void shouldDecodeWholeRecordOnly(final RequestDecoder decoder, final byte[] record)
    {
        assertTrue(wrap(decoder, record));
        assertEquals(record.length, decoder.encodedLength());
        RequestSamples.touch(decoder);

        for (int length = 0; length < record.length; length++)
        {
            assertFalse(decoder.wrap(new UnsafeBuffer(record, 0, length), 0, length), "cut at " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("wholeRecords")
    void shouldDecodeAnywhereAndIgnoreWhatFollows(final RequestDecoder decoder, final byte[] record)
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[record.length + 12]);
        frame.setMemory(0, frame.capacity(), (byte)0x7F);
        frame.putBytes(8, record);

        assertTrue(decoder.wrap(frame, 8, record.length + 4));
        assertEquals(record.length, decoder.encodedLength());
        RequestSamples.touch(decoder);
    }

    @ParameterizedTest
    @MethodSource("wholeRecords")
    void shouldSurviveEveryDamagedByte(final RequestDecoder decoder, final byte[] record)
    {
        for (int i = 0; i < record.length; i++)
        {
            for (final int damage : new int[]{ 0x01, 0x7F, 0x80, 0xFF })
            {
                final byte[] damaged = record.clone();
                damaged[i] ^= (byte)damage;

                if (wrap(decoder, damaged))
                {
                    RequestSamples.touch(decoder);
                    assertTrue(decoder.encodedLength() <= damaged.length);
                }
            }
        }
    }

    @Test
    void shouldRefuseNullPathWhereThereMustBeOne()
    {
        final byte[] record = bytes(w -> openAcl(text(text(w, null), "")).writeInt(0).writeLong(0));

        assertFalse(wrap(new PathRequestDecoder(), record));
        assertFalse(wrap(new PathWatchRequestDecoder(), record));
        assertFalse(wrap(new AddWatchRequestDecoder(), bytes(w -> text(w, null).writeInt(0))));
        assertFalse(wrap(new WatchesRequestDecoder(), bytes(w -> text(w, null).writeInt(1))));
    }

    @Test
    void shouldLeaveNullPathOfCreateAndDeleteToWhoeverPrepares()
    {
        final byte[] record = bytes(w -> openAcl(text(text(w, null), "")).writeInt(0).writeLong(0));

        assertTrue(wrap(new CreateRequestDecoder(), record));
        assertTrue(wrap(new CreateTtlRequestDecoder(), record));
        assertTrue(wrap(new DeleteRequestDecoder(), record));
    }

    @Test
    void shouldTellNullPathFromEmptyOneWhereBothArePermitted()
    {
        for (final PathRequestDecoder decoder : new PathRequestDecoder[]{ new SyncRequestDecoder(),
            new GetEphemeralsRequestDecoder(), new CheckRequestDecoder(), new SetDataRequestDecoder(),
            new SetAclRequestDecoder() })
        {
            assertTrue(wrap(decoder, bytes(w -> text(w, null).writeInt(0).writeLong(0))));
            assertEquals(JuteReader.NULL, decoder.pathLength());
            assertTrue(wrap(decoder, bytes(w -> text(w, "").writeInt(0).writeLong(0))));
            assertEquals(0, decoder.pathLength());
        }
    }

    @Test
    void shouldTellNullDataFromEmptyData()
    {
        final SetDataRequestDecoder decoder = new SetDataRequestDecoder();

        assertTrue(wrap(decoder, bytes(w -> text(text(w, "/a"), null).writeInt(0))));
        assertEquals(JuteReader.NULL, decoder.dataLength());
        assertTrue(wrap(decoder, bytes(w -> text(text(w, "/a"), "").writeInt(0))));
        assertEquals(0, decoder.dataLength());
    }

    @Test
    void shouldGiveFieldsOfCreate()
    {
        final CreateTtlRequestDecoder decoder = new CreateTtlRequestDecoder();
        final byte[] record = bytes(w -> openAcl(text(text(w, "/t"), "hi")).writeInt(5).writeLong(60_000));

        assertTrue(wrap(decoder, record));
        assertEquals("/t", path(decoder));
        assertEquals("hi", string(decoder.buffer(), decoder.dataOffset(), decoder.dataLength()));
        assertEquals(27, decoder.aclLength());
        assertEquals(1, decoder.buffer().getByte(decoder.aclOffset() + 3));
        assertEquals(CreateMode.PERSISTENT_WITH_TTL, decoder.flags());
        assertEquals(60_000, decoder.ttlMs());

        final CreateRequestDecoder plain = new CreateRequestDecoder();
        assertTrue(wrap(plain, record));
        assertEquals(CreateRequestDecoder.NO_TTL, plain.ttlMs());
    }

    @Test
    void shouldDecodeNullAclForTheNormalizerToRefuse()
    {
        final CreateRequestDecoder decoder = new CreateRequestDecoder();

        assertTrue(wrap(decoder, bytes(w -> text(text(w, "/a"), "").writeInt(-1).writeInt(0))));
        assertEquals(4, decoder.aclLength());
    }

    @Test
    void shouldRefuseUnknownModesAndTypes()
    {
        assertFalse(wrap(new AddWatchRequestDecoder(), bytes(w -> text(w, "/a").writeInt(2))));
        assertFalse(wrap(new AddWatchRequestDecoder(), bytes(w -> text(w, "/a").writeInt(-1))));
        for (int type = 0; type <= 6; type++)
        {
            final int sent = type;
            final WatchesRequestDecoder decoder = new WatchesRequestDecoder();
            assertEquals(type >= WatcherType.CHILDREN && type <= WatcherType.PERSISTENT_RECURSIVE, wrap(decoder,
                bytes(w -> text(w, "/a").writeInt(sent))));
            assertEquals(sent, decoder.watcherType());
        }
    }

    @Test
    void shouldIterateOverPathsOfSetWatches()
    {
        final SetWatches2RequestDecoder decoder = new SetWatches2RequestDecoder();
        assertTrue(wrap(decoder, bytes(w -> texts(texts(texts(texts(texts(w.writeLong(77), "/a", "/bc")), ""), "/p"),
            "/r",
            "/s"))));

        assertEquals(77, decoder.relativeZxid());
        assertEquals("/a,/bc,", joined(decoder.dataPaths()));
        assertEquals("/a,/bc,", joined(decoder.dataPaths()), "again after rewinding");
        assertEquals("", joined(decoder.existPaths()));
        assertEquals(",", joined(decoder.childPaths()));
        assertEquals("/p,", joined(decoder.persistentPaths()));
        assertEquals("/r,/s,", joined(decoder.recursivePaths()));
        assertEquals(2, decoder.recursivePaths().count());
    }

    private static String joined(final StringVector vector)
    {
        final StringBuilder all = new StringBuilder();
        vector.rewind();

        while (vector.next())
        {
            all.append(string(vector.buffer(), vector.offset(), vector.length())).append(',');
        }

        return all.toString();
    }

    @Test
    void shouldShowNullsInSetWatches()
    {
        final SetWatchesRequestDecoder nullVector = new SetWatchesRequestDecoder();
        assertTrue(wrap(nullVector, bytes(w -> texts(texts(w.writeLong(0).writeInt(-1))))));
        assertEquals(JuteReader.NULL, nullVector.dataPaths().count());
        assertEquals(0, nullVector.existPaths().count());

        final SetWatchesRequestDecoder nullPath = new SetWatchesRequestDecoder();
        assertTrue(wrap(nullPath, bytes(w -> texts(texts(texts(w.writeLong(0)), "/a", null)))));
        assertTrue(nullPath.existPaths().next());
        assertEquals(2, nullPath.existPaths().length());
        assertTrue(nullPath.existPaths().next());
        assertEquals(JuteReader.NULL, nullPath.existPaths().length());

        final SetWatches2RequestDecoder nullRecursive = new SetWatches2RequestDecoder();
        assertTrue(wrap(nullRecursive, bytes(w -> texts(texts(texts(texts(w.writeLong(0))))).writeInt(-1))));
        assertEquals(JuteReader.NULL, nullRecursive.recursivePaths().count());
    }

    @Test
    void shouldDecodeRecordedConnectRequest()
    {
        final ConnectRequestDecoder decoder = new ConnectRequestDecoder();
        final DirectBuffer frame = RequestSamples.hex("0000002d 00000000 0000000000000000 00007530 0000000000000000" +
            "00000010 00000000000000000000000000000000 00");

        assertTrue(decoder.wrap(frame, 4, frame.getInt(0, ByteOrder.BIG_ENDIAN)));
        assertEquals(0, decoder.lastZxidSeen());
        assertEquals(30_000, decoder.timeoutMs());
        assertEquals(0, decoder.sessionId());
        assertEquals(16, decoder.passwordLength());
        assertTrue(decoder.hasReadOnly());
        assertFalse(decoder.isReadOnly());
        assertTrue(decoder.wrap(frame, 4, 44), "without the last byte, as old clients send it");
        assertFalse(decoder.hasReadOnly());
        assertFalse(decoder.isReadOnly());

        for (int length = 0; length < 44; length++)
        {
            assertFalse(decoder.wrap(frame, 4, length), "cut at " + length);
        }
    }

    @Test
    void shouldDecodeConnectRequestWithoutPassword()
    {
        final ConnectRequestDecoder decoder = new ConnectRequestDecoder();

        assertTrue(
            wrap(decoder, bytes(w -> text(w.writeInt(0).writeLong(5).writeInt(1).writeLong(6), null).writeBool(true))));
        assertEquals(JuteReader.NULL, decoder.passwordLength());
        assertTrue(decoder.isReadOnly());
        assertTrue(wrap(decoder, bytes(w -> text(w.writeInt(0).writeLong(5).writeInt(1).writeLong(6), ""))));
        assertEquals(0, decoder.passwordLength());
        assertEquals(6, decoder.sessionId());
        assertEquals(5, decoder.lastZxidSeen());
    }

    @Test
    void shouldDecodeRecordedPing()
    {
        final RequestHeaderDecoder decoder = new RequestHeaderDecoder();
        final DirectBuffer frame = RequestSamples.hex("00000008 fffffffe 0000000b");

        assertTrue(decoder.wrap(frame, 4, RequestHeaderDecoder.LENGTH));
        assertEquals(Xid.PING, decoder.xid());
        assertEquals(OpCode.PING, decoder.opCode());
    }

    @Test
    void shouldNotDecodeAHeaderThatIsCutShort()
    {
        final RequestHeaderDecoder decoder = new RequestHeaderDecoder();
        final DirectBuffer frame = RequestSamples.hex("fffffffe 0000000b");

        for (int length = 0; length < RequestHeaderDecoder.LENGTH; length++)
        {
            assertFalse(decoder.wrap(frame, 0, length));
        }
        assertTrue(decoder.wrap(frame, 0, RequestHeaderDecoder.LENGTH));
    }

    @Test
    void shouldGiveFieldsOfAuth()
    {
        final AuthRequestDecoder auth = new AuthRequestDecoder();
        assertTrue(wrap(auth, bytes(w -> text(text(w.writeInt(0), "digest"), "u:p"))));
        assertEquals("digest", string(auth.buffer(), auth.schemeOffset(), auth.schemeLength()));
        assertEquals("u:p", string(auth.buffer(), auth.authOffset(), auth.authLength()));
    }
}
