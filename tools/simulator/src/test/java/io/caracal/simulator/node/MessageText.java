/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import io.caracal.engine.acl.Identities;
import io.caracal.engine.acl.IdentitiesEncoder;
import io.caracal.engine.apply.Outcome;
import io.caracal.engine.port.PeerStream;
import io.caracal.engine.txn.TxnWriter;
import io.caracal.engine.txn.codec.ErrorTxnDecoder;
import io.caracal.engine.txn.codec.TxnHeaderDecoder;
import io.caracal.engine.zab.Zxid;
import io.caracal.engine.zab.codec.MessageHeaderDecoder;
import io.caracal.engine.zab.codec.MessageHeaderEncoder;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Converts messages between servers to text and back: {@code Ack conversation=1 zxid=1:2}. */
final class MessageText
{
    private static final String CODEC = "io.caracal.engine.zab.codec.";
    private static final List<String> NAMES = List.of("Notification", "LearnerInfo", "LeaderInfo", "AckEpoch",
        "SyncBegin", "HistoryRecord", "SnapshotBegin", "SnapshotPiece", "NewLeader", "AckNewLeader", "UpToDate",
        "Proposal", "Commit", "Ack", "Heartbeat", "HeartbeatAnswer", "Touches", "Leave", "Request", "RequestFailed",
        "SyncRequest", "SyncAnswer");
    private static final List<String> BULK = List.of("HistoryRecord", "SnapshotBegin", "SnapshotPiece");
    private static final List<String> REQUESTS = List.of("Request", "SyncRequest");
    private static final List<String> TXNS = List.of("", "", "create", "delete", "setData", "setAcl", "check", "multi",
        "error", "multiError", "createSession", "closeSession", "moveSession", "secret");
    private static final int LENGTH_MAX = 4096;

    private MessageText()
    {
    }

    static PeerStream streamOf(final String name)
    {
        return BULK.contains(name) ? PeerStream.BULK : REQUESTS.contains(name) ? PeerStream.REQUESTS :
            PeerStream.LIVE;
    }

    /** Fields by name, with their values as they are in the text. Zxids have the form epoch:counter. */
    static Map<String, String> fields(final String text)
    {
        final Map<String, String> fields = new LinkedHashMap<>();
        for (final String word : text.trim().split(" +", -1))
        {
            final int at = word.indexOf('=');
            if (at > 0)
            {
                fields.put(word.substring(0, at), word.substring(at + 1));
            }
        }

        return fields;
    }

    static String name(final DirectBuffer buffer)
    {
        final int templateId = new MessageHeaderDecoder().wrap(buffer, 0).templateId();
        return NAMES.stream().filter(name -> templateId == constant(name)).findFirst().orElseThrow();
    }

    private static int constant(final String name)
    {
        try
        {
            return (int)Class.forName(CODEC + name + "Decoder").getField("TEMPLATE_ID").get(null);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /** The text of a message that the server under test sent. */
    static String text(final DirectBuffer buffer)
    {
        final String name = name(buffer);
        final String all = decode(name, buffer);
        final String body = all.substring(all.indexOf("):") + 2);

        final String fields = Arrays.stream(body.split("\\|")).map(MessageText::readable)
            .filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));

        return name + txnKind(name, buffer) + " " + fields;
    }

    /** The kind of transaction in a proposal or record, so that an error does not look like a success. */
    private static String txnKind(final String name, final DirectBuffer buffer)
    {
        final int headerLength = MessageHeaderDecoder.ENCODED_LENGTH;
        if (!"Proposal".equals(name) && !"HistoryRecord".equals(name))
        {
            return "";
        }

        final int block = new MessageHeaderDecoder().wrap(buffer, 0).blockLength();
        final int txn = headerLength + block + Integer.BYTES;
        final TxnHeaderDecoder header = new TxnHeaderDecoder().wrapAndApplyHeader(buffer, txn,
            new io.caracal.engine.txn.codec.MessageHeaderDecoder());
        final io.caracal.engine.txn.codec.MessageHeaderDecoder body =
            new io.caracal.engine.txn.codec.MessageHeaderDecoder().wrap(buffer, header.limit());
        final String kind = TXNS.get(body.templateId());

        return "(" + (body.templateId() == ErrorTxnDecoder.TEMPLATE_ID ? kind + " " + new ErrorTxnDecoder()
            .wrapAndApplyHeader(buffer, header.limit(), body).errorCode() : kind) + ")";
    }

    private static String decode(final String name, final DirectBuffer buffer)
    {
        try
        {
            final Class<?> type = Class.forName(CODEC + name + "Decoder");
            final Object decoder = type.getDeclaredConstructor().newInstance();
            type.getMethod("wrapAndApplyHeader", DirectBuffer.class, int.class, MessageHeaderDecoder.class)
                .invoke(decoder, buffer, 0, new MessageHeaderDecoder());
            return decoder.toString();
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static String readable(final String field)
    {
        final int at = field.indexOf('=');
        final String name = field.substring(0, at);
        final String value = field.substring(at + 1);
        if (value.endsWith("bytes of raw data") || "bulkCrc".equals(name))
        {
            return "";
        }

        return name.toLowerCase(Locale.ROOT).endsWith("zxid") ? name + "=" + zxid(Long.parseLong(value)) : field;
    }

    static String zxid(final long zxid)
    {
        return zxid < 0 ? "none" : Zxid.epoch(zxid) + ":" + Zxid.counter(zxid);
    }

    static long number(final String text)
    {
        final int at = text.indexOf(':');
        return at < 0 ? Long.parseLong(text) :
            Zxid.pack(Long.parseLong(text.substring(0, at)), Long.parseLong(text.substring(at + 1)));
    }

    /** Encodes a message that the script sends. */
    static byte[] encode(final String name, final Map<String, String> fields)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_MAX]);
        try
        {
            final Class<?> type = Class.forName(CODEC + name + "Encoder");
            final Object encoder = type.getDeclaredConstructor().newInstance();
            type.getMethod("wrapAndApplyHeader", MutableDirectBuffer.class, int.class, MessageHeaderEncoder.class)
                .invoke(encoder, buffer, 0, new MessageHeaderEncoder());
            for (final Map.Entry<String, String> field : fields.entrySet())
            {
                set(type, encoder, field.getKey(), field.getValue());
            }
            if (fields.containsKey("txn"))
            {
                put(type, encoder, "Payload", txn(fields));
            }
            if (fields.containsKey("create"))
            {
                put(type, encoder, "Identities", nobody());
                put(type, encoder, "Body", createBody(fields.get("create")));
            }

            return Arrays.copyOf(buffer.byteArray(),
                MessageHeaderEncoder.ENCODED_LENGTH + (int)type.getMethod("encodedLength").invoke(encoder));
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new IllegalArgumentException(name + " " + fields, ex);
        }
    }

    private static void set(final Class<?> type, final Object encoder, final String field, final String value)
        throws InvocationTargetException, IllegalAccessException
    {
        for (final Method method : type.getMethods())
        {
            if (method.getName().equals(field) && method.getParameterCount() == 1)
            {
                method.invoke(encoder, argument(method.getParameterTypes()[0], value));
            }
        }
    }

    @SuppressWarnings({ "unchecked", "rawtypes" })
    private static Object argument(final Class<?> type, final String value)
    {
        if (type == long.class)
        {
            return number(value);
        }

        return type == int.class ? (Object)Integer.parseInt(value) : Enum.valueOf((Class<Enum>)type, value);
    }

    private static void put(final Class<?> type, final Object encoder, final String part, final byte[] bytes)
        throws ReflectiveOperationException
    {
        type.getMethod("put" + part, byte[].class, int.class, int.class).invoke(encoder, bytes, 0, bytes.length);
    }

    /**
     * Encodes a transaction. That of {@code txn=none} changes nothing. {@code digest=1:2/77} gives the digest of the
     * leader's tree.
     */
    static byte[] txn(final Map<String, String> fields)
    {
        final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer());
        final String[] digest = fields.getOrDefault("digest", Outcome.NO_DIGEST + "/0").split("/", -1);
        final String[] origin = fields.getOrDefault("origin", "0/0/0").split("/", -1);
        txn.begin(Long.parseLong(fields.getOrDefault("session", "0")), 1, Long.parseLong(origin[0]),
            Long.parseLong(origin[1]), Long.parseLong(origin[2]),
            number(digest[0]), Long.parseLong(digest[1]));
        if ("secret".equals(fields.get("txn")))
        {
            txn.secret(new UnsafeBuffer(new byte[32]), 0, 32);
        }
        else if ("session".equals(fields.get("txn")))
        {
            txn.createSession(10_000);
        }
        else
        {
            txn.error(-101);
        }
        final byte[] bytes = new byte[txn.length()];
        txn.buffer().getBytes(0, bytes);

        return bytes;
    }

    private static byte[] nobody()
    {
        final Identities identities = new Identities();
        identities.attachAddress(new UnsafeBuffer(new byte[]{ 127, 0, 0, 1 }), 0, 4);
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final byte[] bytes = new byte[IdentitiesEncoder.encode(identities, identities.count(), buffer, 0)];
        buffer.getBytes(0, bytes);

        return bytes;
    }

    private static byte[] createBody(final String path)
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        WireClient.read(() ->
        {
            WireClient.string(out, path);
            WireClient.string(out, "");
            WireClient.openAcl(out);
            out.writeInt(0);
        });

        return bytes.toByteArray();
    }
}
