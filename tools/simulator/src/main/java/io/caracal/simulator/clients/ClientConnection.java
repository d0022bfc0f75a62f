/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Identities;
import io.caracal.simulator.check.Operation;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** One connection of a client. It cuts the received bytes into frames and keeps the operations that await an answer. */
final class ClientConnection
{
    static final long NOTHING = Long.MIN_VALUE;

    final ClientWire wire;
    final ArrayDeque<Operation> asked = new ArrayDeque<>();
    final ArrayDeque<Ping> pings = new ArrayDeque<>();
    final long beganNs;
    long lastSentNs;
    long lastReceivedNs;
    boolean isOpen;
    int nextXid = 1;
    private final ClientLogin login;
    private byte[] partial = new byte[0];

    /**
     * A ping under way.
     *
     * @param sentNs  when it was sent.
     * @param isAlone whether no write awaited an answer when it was sent.
     */
    record Ping(long sentNs, boolean isAlone)
    {
    }

    ClientConnection(final ClientWire wire, final Supplier<List<String>> credentials, final long nowNs)
    {
        this.wire = wire;
        login = new ClientLogin(wire.clientId(), credentials);
        beganNs = nowNs;
        lastSentNs = nowNs;
        lastReceivedNs = nowNs;
    }

    void send(final byte[] frame, final long nowNs)
    {
        wire.send(frame);
        lastSentNs = nowNs;
    }

    /** Sends what the client can prove and has not proven on this connection yet. */
    void authenticate(final long nowNs)
    {
        login.frames().forEach(frame -> send(frame, nowNs));
    }

    /** The server answered credentials. Returns what the client has proven by now. */
    Identities onAuthenticated(final int error)
    {
        return login.onAnswer(error);
    }

    void ping(final byte[] frame, final long nowNs)
    {
        send(frame, nowNs);
        pings.add(new Ping(nowNs, !isWriting()));
    }

    /** Whether something other than a read awaits an answer. Such an answer may show a state of long ago. */
    private boolean isWriting()
    {
        return asked.stream().anyMatch(operation -> !operation.kind.isRead());
    }

    void ask(final Operation operation, final long nowNs)
    {
        authenticate(nowNs);
        operation.sentBy(login.sent());
        operation.isAlone = operation.kind.isRead() && !isWriting();
        send(OperationCodec.request(nextXid++, operation), nowNs);
        asked.add(operation);
    }

    /** Xid that the next answer must carry. */
    int expectedXid()
    {
        return nextXid - asked.size();
    }

    /** When the last frame was sent that was under way at a given time and still is; {@link #NOTHING} if none was. */
    long waitingSince(final long atNs)
    {
        return LongStream.concat(pings.stream().mapToLong(Ping::sentNs),
            asked.stream().mapToLong(operation -> operation.invokedNs)).filter(sentNs -> sentNs <= atNs).max().orElse(
                NOTHING);
    }

    /** Returns the next whole frame, null when there is none yet. */
    byte[] nextFrame(final long nowNs)
    {
        int end = frameEnd();

        while (partial.length < end)
        {
            final byte[] more = wire.receive();

            if (more.length == 0)
            {
                return null;
            }

            lastReceivedNs = nowNs;
            final int length = partial.length;
            partial = Arrays.copyOf(partial, length + more.length);
            System.arraycopy(more, 0, partial, length, more.length);
            end = frameEnd();
        }

        final byte[] frame = Arrays.copyOfRange(partial, Integer.BYTES, end);
        partial = Arrays.copyOfRange(partial, end, partial.length);

        return frame;
    }

    /** When the server sent the bytes received last. */
    long saidNs()
    {
        return wire.saidNs();
    }

    private int frameEnd()
    {
        return Integer.BYTES + (partial.length < Integer.BYTES ? 0 : ByteBuffer.wrap(partial).getInt());
    }
}
