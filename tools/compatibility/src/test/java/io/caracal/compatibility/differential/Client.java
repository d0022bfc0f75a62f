/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import io.caracal.compatibility.wire.JuteReader;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import io.caracal.compatibility.wire.WireConnection;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One client of a program: a session, and at times a connection for it. Everything that it sees becomes an item. */
final class Client implements AutoCloseable
{
    private static final int TIMEOUT_MS = 15_000;
    /** Longer than any working server takes to answer. */
    private static final int SILENCE_MS = 60_000;
    private static final int UNIMPLEMENTED = -6;
    private static final int AUTH_FAILED = -115;
    private static final int AUTH_REQUIRED = -124;

    private final int number;
    private final Scene scene;
    private final Replies replies;
    private final Deque<byte[]> backlog = new ArrayDeque<>();
    private WireConnection connection;
    private long sessionId;
    private byte[] password;
    private int lastXid;
    private int connections;

    /**
     * Whether this client closed a connection that the server may notice late. A real server may then, along with that
     * connection, forget the session's next one, and not close that one when the session moves on.
     */
    private boolean wasDropped;

    Client(final int number, final Scene scene)
    {
        this.number = number;
        this.scene = scene;
        replies = new Replies(scene);
    }

    boolean isConnected()
    {
        return connection != null;
    }

    boolean hasSession()
    {
        return sessionId != 0;
    }

    void connect(final Step.Connect step, final List<Item> seen) throws IOException
    {
        handshake(RawSession.connectRequest(0, step.timeoutMs(), 0, RawSession.noPassword(), step.readOnly()),
            step.calls(), seen);
    }

    /**
     * Resumes the session. With the right password this takes over a live connection: pending replies are read before,
     * and its end after.
     */
    void reconnect(final Step.Reconnect step, final List<Item> seen) throws IOException
    {
        flush(seen);
        final boolean rightPassword = step.rightPassword();
        final boolean isTaken = rightPassword && step.zxidAgo() != Scene.FAR_FUTURE;
        final WireConnection old = connection;
        connection = null;

        if (!isTaken && old != null)
        {
            wasDropped = true;
            old.close();
        }

        final byte[] sent = password.clone();
        sent[3] ^= (byte)(rightPassword ? 0 : 1);
        final long wanted = sessionId;
        handshake(RawSession.connectRequest(lastZxidSeen(step.zxidAgo()), step.timeoutMs(), wanted, sent,
            step.readOnly()), afterMove(step.calls()), seen);

        if (isTaken && old != null)
        {
            if (!wasDropped)
            {
                seen.add(Item.of(old.receive() == null ? "old connection closed" : "old connection speaks"));
            }

            old.close();
        }
        else if (!rightPassword)
        {
            sessionId = wanted;
            password[3] = (byte)(sent[3] ^ 1);
        }

        hideMove(seen);
    }

    /**
     * Adds a call that takes a zxid. A session that moves may take a zxid on one side only; the first ordinary call
     * then takes one on both.
     */
    private List<Call> afterMove(final List<Call> calls)
    {
        if (calls.isEmpty() || !scene.sessionsMove())
        {
            return calls;
        }

        final List<Call> result = new ArrayList<>(calls);
        int position = 0;

        while (position < result.size() && result.get(position).opcode() == Opcode.AUTH)
        {
            position++;
        }

        result.add(position, Call.deleteNothing());
        return result;
    }

    /**
     * The zxid to send with the handshake. A member that lags refuses a client that has seen more, unless the client
     * does not say so.
     */
    private long lastZxidSeen(final int ago)
    {
        return scene.leavesMovesToClients() && ago != Scene.FAR_FUTURE ? 0 : scene.zxid(ago);
    }

    private void hideMove(final List<Item> seen) throws IOException
    {
        if (scene.leavesMovesToClients() && isConnected())
        {
            final List<Call> hiding = List.of(Call.deleteNothing());
            replies(hiding, send(hiding), seen);
        }
        else
        {
            scene.sessionMoved();
        }
    }

    private void handshake(final byte[] request, final List<Call> calls, final List<Item> seen) throws IOException
    {
        final WireConnection fresh = new WireConnection(scene.address(number, connections++), SILENCE_MS);
        backlog.clear();
        lastXid = 0;
        fresh.sendRaw(together(request, calls));
        final byte[] frame = receive(fresh, seen);

        if (frame == null)
        {
            fresh.close();
            return;
        }

        final RawSession.ConnectReply reply = RawSession.connectReply(frame);
        seen.add(Item.of("connected").literal("protocol", reply.protocolVersion()).literal("timeout",
            reply.timeoutMs()).session(reply.sessionId()).literal("password", reply.password().length).literal("extra",
                reply.extraBytes()));

        if (reply.isAccepted())
        {
            connection = fresh;
            sessionId = reply.sessionId();
            password = reply.password();

            replies(calls, 1, seen);

            if (scene.withArrivals() && isConnected())
            {
                arrive(List.of());
            }
        }
        else
        {
            seen.add(Item.of(fresh.receive() == null ? "closed" : "speaks after refusal"));
            fresh.close();
        }
    }

    int send(final List<Call> calls) throws IOException
    {
        final int first = lastXid + 1;

        for (final Call call : calls)
        {
            try
            {
                connection.send(frame(call));
            }
            catch (final SocketException ex)
            {
                return first; // The end is found when replies are read.
            }
        }

        return first;
    }

    private byte[] frame(final Call call)
    {
        lastXid++;
        final JuteWriter writer = new JuteWriter().header(call.xid() == Call.ORDINARY_XID ? lastXid : call.xid(),
            call.opcode());
        call.body().write(writer, scene);
        return writer.toBytes();
    }

    /** The request and the calls as one segment. */
    private byte[] together(final byte[] request, final List<Call> calls)
    {
        final JuteWriter writer = new JuteWriter().buf(request);
        calls.forEach(call -> writer.buf(frame(call)));
        return writer.toBytes();
    }

    /** Reads until every call has its reply or the connection is closed. */
    void replies(final List<Call> calls, final int firstXid, final List<Item> seen) throws IOException
    {
        int xid = firstXid;

        for (final Call call : calls)
        {
            if (isFinal(call, xid++, seen))
            {
                end(seen);
            }
        }
    }

    /** Waits until the server closes. Sends nothing meanwhile, because a real server might still answer it. */
    private void end(final List<Item> seen) throws IOException
    {
        while (isConnected())
        {
            final byte[] frame = receive(connection, seen);

            if (frame == null)
            {
                drop();
            }
            else
            {
                seen.add(Item.of(new JuteReader(frame).i32() == Opcode.XID_EVENT ? "late event" : "late reply"));
            }
        }
    }

    /** Reads one reply and returns whether the server closes the connection after it. */
    private boolean isFinal(final Call call, final int xid, final List<Item> seen) throws IOException
    {
        while (isConnected())
        {
            final byte[] frame = backlog.isEmpty() ? receive(connection, seen) : backlog.remove();

            if (frame == null)
            {
                drop();
                return false;
            }

            final JuteReader reader = new JuteReader(frame);
            final int replyXid = reader.i32();
            final long zxid = reader.i64();
            final int err = reader.i32();

            if (replyXid == Opcode.XID_EVENT)
            {
                seen.add(replies.event(zxid, err, reader));
            }
            else
            {
                seen.add(replies.reply(call, replyXid < 0 ? replyXid : replyXid - xid, zxid, err, reader));
                return err == AUTH_FAILED || err == AUTH_REQUIRED || (err == UNIMPLEMENTED && zxid == -1);
            }
        }

        return false;
    }

    /** Sends the calls and an auth packet, and waits for the reply to that packet. The calls have then arrived. */
    int arrive(final List<Call> calls) throws IOException
    {
        final int first = send(calls);
        send(List.of(Call.auth("digest", new byte[]{ 'b', ':', 'b' })));

        while (true)
        {
            final byte[] frame = connection.receive();

            if (frame == null)
            {
                throw new IOException("closed while waiting for an auth reply");
            }

            if (new JuteReader(frame).i32() == Opcode.XID_AUTH)
            {
                return first;
            }

            backlog.add(frame);
        }
    }

    /** Sends bytes that make the server close the connection. */
    void garbage(final byte[] bytes, final List<Item> seen) throws IOException
    {
        flush(seen);

        if (isConnected())
        {
            connection.sendRaw(bytes);
            end(seen);
        }
    }

    /** Sends a ping and reads everything up to its reply. */
    void flush(final List<Item> seen) throws IOException
    {
        if (isConnected())
        {
            final List<Call> ping = List.of(Call.ping());
            replies(ping, send(ping), seen);
        }
    }

    void closeSession(final List<Call> before, final List<Item> seen) throws IOException
    {
        final List<Call> close = new ArrayList<>(before);
        close.add(Call.closeSession());
        replies(close, send(close), seen);

        if (isConnected())
        {
            seen.add(Item.of(connection.receive() == null ? "closed" : "speaks after closeSession"));
            drop();
        }

        sessionId = 0;
    }

    private static byte[] receive(final WireConnection from, final List<Item> seen) throws IOException
    {
        try
        {
            final byte[] frame = from.receive();

            if (frame == null)
            {
                seen.add(Item.of("closed"));
            }

            return frame;
        }
        catch (final SocketTimeoutException ex)
        {
            seen.add(Item.of("silence"));
            return null;
        }
    }

    void drop() throws IOException
    {
        connection.close();
        connection = null;
        backlog.clear();
    }

    /** Closes what is left of the session, so that no expiry disturbs a later program. */
    void finish(final List<Item> seen) throws IOException
    {
        if (hasSession() && !isConnected())
        {
            reconnect(new Step.Reconnect(number, true, TIMEOUT_MS, 0, Scene.NEVER, List.of()), seen);
        }

        if (isConnected())
        {
            flush(seen);
        }

        if (isConnected())
        {
            closeSession(List.of(), seen);
            scene.level();
        }
    }

    /** Closes the connection from this side. */
    @Override
    public void close() throws IOException
    {
        if (isConnected())
        {
            wasDropped = true;
            drop();
        }
    }

    static List<Item> list()
    {
        return new ArrayList<>();
    }
}
