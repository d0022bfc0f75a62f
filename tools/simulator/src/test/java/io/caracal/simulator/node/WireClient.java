/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import io.caracal.simulator.clients.SimulatedClient;
import io.caracal.simulator.clients.SimulatedClientPort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;

/** A client that writes frames itself and reads what comes back. */
final class WireClient
{
    final SimulatedClient end;
    long sessionId;
    byte[] password;
    int timeoutMs;
    private final Runnable settle;
    private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
    private byte[] partial = new byte[0];
    private int xid;

    WireClient(final TestNode node)
    {
        this(node.clients, node::settle);
    }

    WireClient(final SimulatedClientPort clients, final Runnable settle)
    {
        this.settle = settle;
        end = clients.connect(new byte[]{ 127, 0, 0, 1 }, 4711);
    }

    /** Writes the body of a frame. */
    interface Body
    {
        void write(DataOutputStream out) throws IOException;
    }

    void handshake(final long resumed, final byte[] with, final int wantedMs)
    {
        ask(resumed, with, wantedMs);
        settle.run();
        open();
    }

    /** Sends the first half of a handshake. */
    void ask(final long resumed, final byte[] with, final int wantedMs)
    {
        send(out ->
        {
            out.writeInt(0);
            out.writeLong(0);
            out.writeInt(wantedMs);
            out.writeLong(resumed);
            out.writeInt(with.length);
            out.write(with);
            out.writeByte(0);
        });
    }

    /** Receives the second half of a handshake. */
    void open()
    {
        final DataInputStream in = next();
        read(() ->
        {
            in.readInt();
            timeoutMs = in.readInt();
            sessionId = in.readLong();
            password = new byte[in.readInt()];
            in.readFully(password);
        });
    }

    /** Reads something. */
    interface Reading
    {
        void run() throws IOException;
    }

    static void read(final Reading reading)
    {
        try
        {
            reading.run();
        }
        catch (final IOException e)
        {
            throw new UncheckedIOException(e);
        }
    }

    void send(final Body body)
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        read(() -> body.write(out));
        final ByteArrayOutputStream frame = new ByteArrayOutputStream();
        read(() -> new DataOutputStream(frame).writeInt(bytes.size()));
        read(() -> frame.write(bytes.toByteArray()));
        end.send(frame.toByteArray());
    }

    int request(final int opCode, final Body body)
    {
        final int id = ++xid;
        send(out ->
        {
            out.writeInt(id);
            out.writeInt(opCode);
            body.write(out);
        });
        return id;
    }

    void ping()
    {
        send(out ->
        {
            out.writeInt(-2);
            out.writeInt(11);
        });
    }

    static void string(final DataOutputStream out, final String value) throws IOException
    {
        final byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static void openAcl(final DataOutputStream out) throws IOException
    {
        out.writeInt(1);
        out.writeInt(31);
        string(out, "world");
        string(out, "anyone");
    }

    int create(final String path, final String data, final int flags)
    {
        return request(1, out ->
        {
            string(out, path);
            string(out, data);
            openAcl(out);
            out.writeInt(flags);
        });
    }

    int createWithTtl(final String path, final long ttlMs)
    {
        return request(21, out ->
        {
            string(out, path);
            out.writeInt(-1);
            openAcl(out);
            out.writeInt(5);
            out.writeLong(ttlMs);
        });
    }

    void authenticate(final String scheme, final String proof)
    {
        send(out ->
        {
            out.writeInt(-4);
            out.writeInt(100);
            out.writeInt(0);
            string(out, scheme);
            string(out, proof);
        });
    }

    /** Sends a multi that creates znodes owned by the identities of this client. */
    int createOwned(final String path, final int count)
    {
        return request(14, out ->
        {
            for (int i = 0; i < count; i++)
            {
                multiHeader(out, 1, false, -1);
                string(out, path + i);
                string(out, "");
                out.writeInt(1);
                out.writeInt(31);
                string(out, "auth");
                string(out, "");
                out.writeInt(0);
            }
            multiHeader(out, -1, true, -1);
        });
    }

    /** Sends a multi that creates (1) or deletes (2) znodes without data, with names as short as there can be many. */
    int multi(final int opCode, final int first, final int count)
    {
        return request(14, out ->
        {
            for (int i = first; i < first + count; i++)
            {
                multiHeader(out, opCode, false, -1);
                string(out, "/" + Integer.toString(i, Character.MAX_RADIX));
                if (opCode == 1)
                {
                    string(out, "");
                    openAcl(out);
                }
                out.writeInt(opCode == 1 ? 0 : -1);
            }
            multiHeader(out, -1, true, -1);
        });
    }

    /** Sends a multiRead that requests the data of one znode many times. */
    int readOften(final String path, final int count)
    {
        return request(22, out ->
        {
            for (int i = 0; i < count; i++)
            {
                multiHeader(out, 4, false, -1);
                string(out, path);
                out.writeBoolean(false);
            }
            multiHeader(out, -1, true, -1);
        });
    }

    private static void multiHeader(final DataOutputStream out, final int opCode, final boolean isEnd,
        final int error) throws IOException
    {
        out.writeInt(opCode);
        out.writeBoolean(isEnd);
        out.writeInt(error);
    }

    int pathOnly(final int opCode, final String path)
    {
        return request(opCode, out -> string(out, path));
    }

    int readPath(final int opCode, final String path, final boolean watch)
    {
        return request(opCode, out ->
        {
            string(out, path);
            out.writeByte(watch ? 1 : 0);
        });
    }

    int setData(final String path, final String data, final int version)
    {
        return request(5, out ->
        {
            string(out, path);
            string(out, data);
            out.writeInt(version);
        });
    }

    int delete(final String path, final int version)
    {
        return request(2, out ->
        {
            string(out, path);
            out.writeInt(version);
        });
    }

    /** The next frame from the server. */
    DataInputStream next()
    {
        pull();
        final byte[] frame = frames.pollFirst();
        if (frame == null)
        {
            throw new AssertionError("the server sent nothing" + (end.isEnded() ? " and closed" : ""));
        }
        return new DataInputStream(new ByteArrayInputStream(frame));
    }

    boolean hasNext()
    {
        pull();
        return !frames.isEmpty();
    }

    private void pull()
    {
        final byte[] more = end.receive();
        final byte[] all = Arrays.copyOf(partial, partial.length + more.length);
        System.arraycopy(more, 0, all, partial.length, more.length);
        int offset = 0;
        while (all.length - offset >= 4)
        {
            final int length = ((all[offset] & 0xFF) << 24) | ((all[offset + 1] & 0xFF) << 16) | ((all[offset + 2] &
                0xFF) << 8) | (all[offset + 3] & 0xFF);
            if (all.length - offset - 4 < length)
            {
                break;
            }
            frames.addLast(Arrays.copyOfRange(all, offset + 4, offset + 4 + length));
            offset += 4 + length;
        }
        partial = Arrays.copyOfRange(all, offset, all.length);
    }

    /** A reply whose header has been read. */
    record Reply(int xid, long zxid, int error, DataInputStream body)
    {
    }

    Reply reply()
    {
        final DataInputStream in = next();
        final Reply[] reply = new Reply[1];
        read(() -> reply[0] = new Reply(in.readInt(), in.readLong(), in.readInt(), in));
        return reply[0];
    }

    /** The rest of a frame. */
    static byte[] bytes(final DataInputStream in)
    {
        final byte[][] bytes = new byte[1][];
        read(() -> bytes[0] = in.readAllBytes());
        return bytes[0];
    }

    static String string(final DataInputStream in)
    {
        final String[] text = new String[1];
        read(() ->
        {
            final byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            text[0] = new String(bytes, StandardCharsets.UTF_8);
        });
        return text[0];
    }
}
