/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerContext;
import io.caracal.transport.aeron.codec.Ending;
import io.caracal.transport.aeron.codec.GenerationEndDecoder;
import io.caracal.transport.aeron.codec.GenerationEndEncoder;
import io.caracal.transport.aeron.codec.HelloDecoder;
import io.caracal.transport.aeron.codec.HelloEncoder;
import io.caracal.transport.aeron.codec.MessageHeaderDecoder;
import io.caracal.transport.aeron.codec.MessageHeaderEncoder;
import io.caracal.transport.aeron.codec.ProvenDecoder;
import io.caracal.transport.aeron.codec.ProvenEncoder;
import io.caracal.transport.aeron.codec.RefusedDecoder;
import io.caracal.transport.aeron.codec.RefusedEncoder;
import io.caracal.transport.aeron.codec.StreamHelloDecoder;
import io.caracal.transport.aeron.codec.StreamHelloEncoder;
import io.caracal.transport.aeron.codec.Refusal;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes and decodes the messages of a silent link. Decoding is safe for any input: every length is checked before it
 * is used. Messages of later versions, which have longer blocks, are read as far as they are known.
 */
final class LinkCodec
{
    /** The longest message of a silent link, in bytes. */
    static final int MESSAGE_LENGTH_MAX = 4096;

    private static final int VOTERS_LENGTH_MAX = PeerContext.MEMBERS_MAX * Long.BYTES;
    private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;
    /** Block length of version 0. If a later field is missing, it has its null value. */
    private static final int HELLO_LENGTH_MIN = HelloDecoder.mtuLengthEncodingOffset();
    private static final int MTU_LENGTH_OF_VERSION_0 = 1408;

    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final HelloEncoder helloEncoder = new HelloEncoder();
    private final HelloDecoder helloDecoder = new HelloDecoder();
    private final RefusedEncoder refusedEncoder = new RefusedEncoder();
    private final RefusedDecoder refusedDecoder = new RefusedDecoder();
    private final ProvenEncoder provenEncoder = new ProvenEncoder();
    private final ProvenDecoder provenDecoder = new ProvenDecoder();
    private final GenerationEndEncoder endEncoder = new GenerationEndEncoder();
    private final GenerationEndDecoder endDecoder = new GenerationEndDecoder();
    private final StreamHelloEncoder streamHelloEncoder = new StreamHelloEncoder();
    private final StreamHelloDecoder streamHelloDecoder = new StreamHelloDecoder();

    int encodeHello(final MutableDirectBuffer buffer, final LinkHello hello)
    {
        final int[] from = hello.sessionIds().fromDialer();
        final int[] to = hello.sessionIds().toDialer();
        final byte[] voters = bytes(hello.voters());
        helloEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder).serverId(hello.serverId())
            .receiverId(hello.receiverId())
            .processId(hello.processId()).voterSetHash(hello.voterSetHash()).generation(hello.generation()).token(hello
                .token())
            .liveOut(from[0]).requestsOut(from[1]).bulkOut(from[2]).liveIn(to[0]).requestsIn(to[1]).bulkIn(to[2])
            .udpPort(hello.udpPort()).mtuLength(hello.mtuLength()).putUdpAddress(hello.udpAddress(), 0,
                hello.udpAddress().length)
            .putVoters(voters, 0, voters.length);

        return HEADER_LENGTH + helloEncoder.encodedLength();
    }

    int encodeRefused(final MutableDirectBuffer buffer, final Refusal refusal, final long[] voters)
    {
        final byte[] bytes = bytes(voters);
        refusedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder).refusal(refusal).putVoters(bytes, 0, bytes.length);

        return HEADER_LENGTH + refusedEncoder.encodedLength();
    }

    int encodeProven(final MutableDirectBuffer buffer, final long token)
    {
        provenEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder).token(token);

        return HEADER_LENGTH + provenEncoder.encodedLength();
    }

    int encodeEnd(final MutableDirectBuffer buffer, final Ending ending)
    {
        endEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder).ending(ending);

        return HEADER_LENGTH + endEncoder.encodedLength();
    }

    int encodeStreamHello(final MutableDirectBuffer buffer, final long serverId, final long generation,
        final long token)
    {
        streamHelloEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder).serverId(serverId).generation(generation)
            .token(token);

        return HEADER_LENGTH + streamHelloEncoder.encodedLength();
    }

    /**
     * Decodes one message and hands it over.
     *
     * @return false if the bytes are not a valid message.
     */
    boolean decode(final DirectBuffer buffer, final int offset, final int length, final LinkMessageHandler handler)
    {
        if (!wrapHeader(buffer, offset, length))
        {
            return false;
        }

        return switch (headerDecoder.templateId())
        {
            case HelloDecoder.TEMPLATE_ID -> decodeHello(buffer, offset, length, handler);
            case RefusedDecoder.TEMPLATE_ID -> decodeRefused(buffer, offset, length, handler);
            case ProvenDecoder.TEMPLATE_ID -> decodeProven(buffer, offset, length, handler);
            case GenerationEndDecoder.TEMPLATE_ID -> decodeEnd(buffer, offset, length, handler);
            default -> false;
        };
    }

    /** Whether the first message of a stream is the agreed one. */
    boolean isStreamHello(final DirectBuffer buffer, final int offset, final int length, final long serverId,
        final long generation, final long token)
    {
        if (!wrapHeader(buffer, offset, length) || headerDecoder.templateId() != StreamHelloDecoder.TEMPLATE_ID ||
            !hasBlock(length, StreamHelloDecoder.BLOCK_LENGTH))
        {
            return false;
        }

        streamHelloDecoder.wrap(buffer, offset + HEADER_LENGTH, headerDecoder.blockLength(), headerDecoder.version());

        return streamHelloDecoder.serverId() == serverId && streamHelloDecoder.generation() == generation &&
            streamHelloDecoder.token() == token;
    }

    private boolean decodeHello(final DirectBuffer buffer, final int offset, final int length,
        final LinkMessageHandler handler)
    {
        if (!hasBlock(length, HELLO_LENGTH_MIN))
        {
            return false;
        }

        helloDecoder.wrap(buffer, offset + HEADER_LENGTH, headerDecoder.blockLength(), headerDecoder.version());
        final int end = offset + length;

        if (!PeerContext.isMtuLength(mtuLength()))
        {
            return false;
        }

        final byte[] address = varBytes(buffer, end, helloDecoder.limit(), IPV6_LENGTH);

        if (address == null || !isAddressLength(address.length))
        {
            return false;
        }

        final byte[] voters = varBytes(buffer, end, helloDecoder.limit() + Short.BYTES + address.length,
            VOTERS_LENGTH_MAX);

        if (voters == null || voters.length % Long.BYTES != 0)
        {
            return false;
        }

        final SessionIds sessionIds = new SessionIds(new int[]{ helloDecoder.liveOut(), helloDecoder.requestsOut(),
            helloDecoder.bulkOut() },
            new int[]{ helloDecoder.liveIn(), helloDecoder.requestsIn(),
                helloDecoder.bulkIn() });
        handler.onHello(new LinkHello(helloDecoder.serverId(), helloDecoder.receiverId(), helloDecoder.processId(),
            helloDecoder.voterSetHash(), helloDecoder.generation(), helloDecoder.token(), sessionIds, address,
            helloDecoder.udpPort(), mtuLength(), longs(voters)));

        return true;
    }

    private int mtuLength()
    {
        final int length = helloDecoder.mtuLength();

        return HelloDecoder.mtuLengthNullValue() == length ? MTU_LENGTH_OF_VERSION_0 : length;
    }

    private boolean decodeRefused(final DirectBuffer buffer, final int offset, final int length,
        final LinkMessageHandler handler)
    {
        if (!hasBlock(length, RefusedDecoder.BLOCK_LENGTH))
        {
            return false;
        }

        refusedDecoder.wrap(buffer, offset + HEADER_LENGTH, headerDecoder.blockLength(), headerDecoder.version());
        final byte[] voters = varBytes(buffer, offset + length, refusedDecoder.limit(), VOTERS_LENGTH_MAX);

        if (voters == null || voters.length % Long.BYTES != 0)
        {
            return false;
        }

        handler.onRefused(refusedDecoder.refusalRaw(), longs(voters));

        return true;
    }

    private boolean decodeProven(final DirectBuffer buffer, final int offset, final int length,
        final LinkMessageHandler handler)
    {
        if (!hasBlock(length, ProvenDecoder.BLOCK_LENGTH))
        {
            return false;
        }

        provenDecoder.wrap(buffer, offset + HEADER_LENGTH, headerDecoder.blockLength(), headerDecoder.version());
        handler.onProven(provenDecoder.token());

        return true;
    }

    private boolean decodeEnd(final DirectBuffer buffer, final int offset, final int length,
        final LinkMessageHandler handler)
    {
        if (!hasBlock(length, GenerationEndDecoder.BLOCK_LENGTH))
        {
            return false;
        }

        endDecoder.wrap(buffer, offset + HEADER_LENGTH, headerDecoder.blockLength(), headerDecoder.version());
        handler.onGenerationEnd(Ending.STREAM_LOST.value() == endDecoder.endingRaw() ? Ending.STREAM_LOST :
            Ending.CLOSED);

        return true;
    }

    private boolean wrapHeader(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < HEADER_LENGTH)
        {
            return false;
        }

        headerDecoder.wrap(buffer, offset);

        return headerDecoder.schemaId() == HelloDecoder.SCHEMA_ID;
    }

    private boolean hasBlock(final int length, final int blockLength)
    {
        return headerDecoder.blockLength() >= blockLength && length >= HEADER_LENGTH + headerDecoder.blockLength();
    }

    private static byte[] varBytes(final DirectBuffer buffer, final int end, final int at, final int lengthMax)
    {
        if (end - at < Short.BYTES)
        {
            return null;
        }

        final int length = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xffff;

        if (length > lengthMax || length > end - at - Short.BYTES)
        {
            return null;
        }

        final byte[] bytes = new byte[length];
        buffer.getBytes(at + Short.BYTES, bytes);

        return bytes;
    }

    private static boolean isAddressLength(final int length)
    {
        return length == 0 || length == IPV4_LENGTH || length == IPV6_LENGTH;
    }

    private static byte[] bytes(final long[] values)
    {
        final byte[] bytes = new byte[values.length * Long.BYTES];

        for (int i = 0; i < bytes.length; i++)
        {
            bytes[i] = (byte)(values[i / Long.BYTES] >>> (Byte.SIZE * (i % Long.BYTES)));
        }

        return bytes;
    }

    private static long[] longs(final byte[] bytes)
    {
        final long[] values = new long[bytes.length / Long.BYTES];

        for (int i = 0; i < bytes.length; i++)
        {
            values[i / Long.BYTES] |= (bytes[i] & 0xffL) << (Byte.SIZE * (i % Long.BYTES));
        }

        return values;
    }
}
