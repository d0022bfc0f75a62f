/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encoded request records for tests. */
public final class RequestSamples
{
    private RequestSamples()
    {
    }

    /** Returns one instance of each decoder. */
    static List<RequestDecoder> decoders()
    {
        return List.of(new ConnectRequestDecoder(), new CreateRequestDecoder(),
            new CreateTtlRequestDecoder(), new DeleteRequestDecoder(), new PathRequestDecoder(),
            new PathWatchRequestDecoder(), new SetDataRequestDecoder(), new SetAclRequestDecoder(),
            new SyncRequestDecoder(), new CheckRequestDecoder(), new WatchesRequestDecoder(),
            new AddWatchRequestDecoder(), new SetWatchesRequestDecoder(), new SetWatches2RequestDecoder(),
            new AuthRequestDecoder(), new GetEphemeralsRequestDecoder(), new ReconfigRequestDecoder(),
            MultiRequestDecoder.ofWrites(), MultiRequestDecoder.ofReads());
    }

    /** Returns a writer at the start of a new buffer. */
    public static JuteWriter writer()
    {
        final JuteWriter writer = new JuteWriter();
        writer.wrap(new ExpandableArrayBuffer(256), 0);

        return writer;
    }

    /** Returns the bytes of a record. */
    public static byte[] bytes(final Consumer<JuteWriter> record)
    {
        final JuteWriter writer = writer();
        record.accept(writer);
        final byte[] bytes = new byte[writer.position()];
        writer.buffer().getBytes(0, bytes);

        return bytes;
    }

    /** Writes a text, or null, as a string or buffer. */
    public static JuteWriter text(final JuteWriter writer, final String text)
    {
        final byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        return writer.writeRange(new UnsafeBuffer(bytes), 0, text == null ? JuteReader.NULL : bytes.length);
    }

    /** Writes a vector of texts. */
    public static JuteWriter texts(final JuteWriter writer, final String... texts)
    {
        writer.writeInt(texts.length);

        for (final String text : texts)
        {
            text(writer, text);
        }

        return writer;
    }

    /** Writes an entry of an ACL. */
    public static JuteWriter entry(final JuteWriter writer, final int perms, final String scheme, final String id)
    {
        return text(text(writer.writeInt(perms), scheme), id);
    }

    /** Writes the ACL that grants everything to everyone. */
    public static JuteWriter openAcl(final JuteWriter writer)
    {
        return entry(writer.writeInt(1), Perms.ALL, "world", "anyone");
    }

    /** Writes the header of a part of a multi. */
    public static JuteWriter part(final JuteWriter writer, final int type)
    {
        return writer.writeInt(type).writeBool(false).writeInt(-1);
    }

    /** Writes the header that ends a multi. */
    public static JuteWriter lastPart(final JuteWriter writer)
    {
        return writer.writeInt(-1).writeBool(true).writeInt(-1);
    }

    /** Returns a range as text, null for null. */
    static String string(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length == JuteReader.NULL)
        {
            return null;
        }

        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);

        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns the path of a record as text. */
    static String path(final PathRequestDecoder decoder)
    {
        return string(decoder.buffer(), decoder.pathOffset(), decoder.pathLength());
    }

    /** Reads every range that a record claims to have. A range out of bounds throws. */
    static int touch(final RequestDecoder decoder)
    {
        int sum = 0;

        if (decoder instanceof final PathRequestDecoder record)
        {
            sum += sum(record, record.pathOffset(), record.pathLength());
        }

        if (decoder instanceof final CreateRequestDecoder record)
        {
            sum += sum(record, record.dataOffset(), record.dataLength());
            sum += sum(record, record.aclOffset(), record.aclLength());
        }

        if (decoder instanceof final SetAclRequestDecoder record)
        {
            sum += sum(record, record.aclOffset(), record.aclLength());
        }

        if (decoder instanceof final SetDataRequestDecoder record)
        {
            sum += sum(record, record.dataOffset(), record.dataLength());
        }

        if (decoder instanceof final AuthRequestDecoder record)
        {
            sum += sum(record, record.schemeOffset(), record.schemeLength());
            sum += sum(record, record.authOffset(), record.authLength());
        }

        return sum + touchOthers(decoder);
    }

    private static int touchOthers(final RequestDecoder decoder)
    {
        int sum = 0;

        if (decoder instanceof final ConnectRequestDecoder record)
        {
            sum += sum(record, record.passwordOffset(), record.passwordLength());
        }

        if (decoder instanceof final SetWatchesRequestDecoder record)
        {
            sum += sum(record.dataPaths()) + sum(record.existPaths()) + sum(record.childPaths());
        }

        if (decoder instanceof final SetWatches2RequestDecoder record)
        {
            sum += sum(record.persistentPaths()) + sum(record.recursivePaths());
        }

        if (decoder instanceof final MultiRequestDecoder record)
        {
            sum += touchParts(record);
        }

        return sum;
    }

    private static int touchParts(final MultiRequestDecoder multi)
    {
        int sum = 0;
        int parts = 0;
        multi.rewind();

        while (multi.next())
        {
            parts++;
            sum += touch(partOf(multi));
        }

        if (parts != multi.partCount())
        {
            throw new AssertionError("a multi iterates over as many parts as it counts");
        }

        return sum;
    }

    private static RequestDecoder partOf(final MultiRequestDecoder multi)
    {
        return switch (multi.opCode())
        {
            case OpCode.DELETE -> multi.delete();
            case OpCode.SET_DATA -> multi.setData();
            case OpCode.CHECK -> multi.check();
            case OpCode.GET_DATA, OpCode.GET_CHILDREN -> multi.read();
            default -> multi.create();
        };
    }

    private static int sum(final StringVector vector)
    {
        int sum = 0;
        int count = 0;
        vector.rewind();

        while (vector.next())
        {
            count++;

            for (int i = 0; i < vector.length(); i++)
            {
                sum += vector.buffer().getByte(vector.offset() + i);
            }
        }

        if (count != Math.max(vector.count(), 0))
        {
            throw new AssertionError("a vector iterates over as many strings as it counts");
        }

        return sum;
    }

    private static int sum(final RequestDecoder decoder, final int offset, final int length)
    {
        int sum = 0;

        for (int i = 0; i < length; i++)
        {
            sum += decoder.buffer().getByte(offset + i);
        }

        return sum;
    }

    /** Returns a buffer with the bytes of hexadecimal digits; blanks between them are ignored. */
    static MutableDirectBuffer hex(final String digits)
    {
        return new UnsafeBuffer(HexFormat.of().parseHex(digits.replace(" ", "")));
    }
}
