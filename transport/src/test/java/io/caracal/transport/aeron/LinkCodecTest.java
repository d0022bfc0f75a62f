/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.PeerContext;
import io.caracal.transport.aeron.codec.Ending;
import io.caracal.transport.aeron.codec.HelloDecoder;
import io.caracal.transport.aeron.codec.MessageHeaderEncoder;
import io.caracal.transport.aeron.codec.Refusal;
import java.nio.ByteOrder;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkCodecTest implements LinkMessageHandler
{
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LinkCodec.MESSAGE_LENGTH_MAX]);
    private final LinkCodec codec = new LinkCodec();
    private LinkHello hello;
    private short refusal;
    private long[] voters;
    private long token;
    private Ending ending;

    @Test
    void shouldReadWhatItWrote()
    {
        final LinkHello sent = hello(PeerContext.MEMBERS_MAX, new byte[]{ 127, 0, 0, 1 });
        final int length = codec.encodeHello(buffer, sent);
        assertTrue(codec.decode(buffer, 0, length, this));
        assertEquals(sent.serverId(), hello.serverId());
        assertEquals(sent.receiverId(), hello.receiverId());
        assertEquals(sent.processId(), hello.processId());
        assertEquals(sent.voterSetHash(), hello.voterSetHash());
        assertEquals(sent.generation(), hello.generation());
        assertEquals(sent.token(), hello.token());
        assertArrayEquals(sent.sessionIds().fromDialer(), hello.sessionIds().fromDialer());
        assertArrayEquals(sent.sessionIds().toDialer(), hello.sessionIds().toDialer());
        assertArrayEquals(sent.udpAddress(), hello.udpAddress());
        assertEquals(sent.udpPort(), hello.udpPort());
        assertEquals(sent.mtuLength(), hello.mtuLength());
        assertArrayEquals(sent.voters(), hello.voters());
    }

    @Test
    void shouldTakeAHelloThatSaysNothingOfPackets()
    {
        final LinkHello sent = hello(3, new byte[]{ 127, 0, 0, 1 });
        final int length = codec.encodeHello(buffer, sent);
        final MessageHeaderEncoder header = new MessageHeaderEncoder().wrap(buffer, 0);
        final int end = MessageHeaderEncoder.ENCODED_LENGTH + HelloDecoder.BLOCK_LENGTH;
        buffer.putBytes(end - Short.BYTES, buffer, end, length - end);
        header.blockLength(HelloDecoder.BLOCK_LENGTH - Short.BYTES).version(0);

        assertTrue(codec.decode(buffer, 0, length - Short.BYTES, this));
        assertEquals(1408, hello.mtuLength());
        assertArrayEquals(sent.udpAddress(), hello.udpAddress());
        assertArrayEquals(sent.voters(), hello.voters());
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 544, 577, 8191, 65_534 })
    void shouldRefuseAHelloWithPacketsOfNoLengthThatCanBe(final int mtuLength)
    {
        final LinkHello sent = hello(3, new byte[4]);
        final int length = codec.encodeHello(buffer, new LinkHello(sent.serverId(), sent.receiverId(), sent.processId(),
            sent.voterSetHash(), sent.generation(), sent.token(), sent.sessionIds(), sent.udpAddress(), sent.udpPort(),
            mtuLength, sent.voters()));
        assertFalse(codec.decode(buffer, 0, length, this));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3, 5, 15, 17 })
    void shouldRefuseAHelloWithAnAddressOfNoLengthThatCanBe(final int addressLength)
    {
        assertFalse(codec.decode(buffer, 0, codec.encodeHello(buffer, hello(3, new byte[addressLength])), this));
    }

    @Test
    void shouldRefuseAPartOfAVoter()
    {
        final int length = codec.encodeHello(buffer, hello(1, new byte[4]));
        final int votersLengthOffset = length - Long.BYTES - Short.BYTES;
        buffer.putShort(votersLengthOffset, (short)(Long.BYTES - 1), ByteOrder.LITTLE_ENDIAN);
        assertFalse(codec.decode(buffer, 0, length, this));

        final int refusedLength = codec.encodeRefused(buffer, Refusal.OTHER_VOTERS, new long[1]);
        buffer.putShort(refusedLength - Long.BYTES - Short.BYTES, (short)(Long.BYTES - 1), ByteOrder.LITTLE_ENDIAN);
        assertFalse(codec.decode(buffer, 0, refusedLength, this));
    }

    @Test
    void shouldReadTheOtherMessages()
    {
        assertTrue(codec.decode(buffer, 0, codec.encodeRefused(buffer, Refusal.OTHER_VOTERS, new long[]{ -5, 7 }),
            this));
        assertEquals(Refusal.OTHER_VOTERS.value(), refusal);
        assertArrayEquals(new long[]{ -5, 7 }, voters);
        assertTrue(codec.decode(buffer, 0, codec.encodeProven(buffer, 99), this));
        assertEquals(99, token);
        assertTrue(codec.decode(buffer, 0, codec.encodeEnd(buffer, Ending.STREAM_LOST), this));
        assertEquals(Ending.STREAM_LOST, ending);
    }

    @Test
    void shouldKnowHowAStreamBegins()
    {
        final int length = codec.encodeStreamHello(buffer, 1, 2, 3);
        assertTrue(codec.isStreamHello(buffer, 0, length, 1, 2, 3));
        assertFalse(codec.isStreamHello(buffer, 0, length, 9, 2, 3));
        assertFalse(codec.isStreamHello(buffer, 0, length, 1, 9, 3));
        assertFalse(codec.isStreamHello(buffer, 0, length, 1, 2, 9));
        assertFalse(codec.isStreamHello(buffer, 0, length - 1, 1, 2, 3));
        assertFalse(codec.decode(buffer, 0, length, this));
    }

    @Test
    void shouldRefuseEveryMessageThatIsCutShort()
    {
        final int length = codec.encodeHello(buffer, hello(3, new byte[16]));

        for (int i = 0; i < length; i++)
        {
            assertFalse(codec.decode(buffer, 0, i, this), "cut to " + i);
        }
    }

    private static LinkHello hello(final int voterCount, final byte[] address)
    {
        return new LinkHello(1, 2, 3, 4, 5, 6, new SessionIds(new int[]{ 1, -2, 3 }, new int[]{ 4, 5, -6 }), address,
            65_535, 8192, LongStream.range(0, voterCount).toArray());
    }

    @Override
    public void onHello(final LinkHello value)
    {
        hello = value;
    }

    @Override
    public void onRefused(final short value, final long[] theirs)
    {
        refusal = value;
        voters = theirs;
    }

    @Override
    public void onProven(final long value)
    {
        token = value;
    }

    @Override
    public void onGenerationEnd(final Ending value)
    {
        ending = value;
    }
}
