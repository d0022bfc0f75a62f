/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.crash;

import io.caracal.compatibility.wire.Acl;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import io.caracal.compatibility.wire.WireConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that writes until its server dies, and then knows what was acknowledged and what is in doubt. It alternates
 * between two writes: a sequential node with a number of its own, and the next value of a counter.
 */
final class Worker implements Runnable
{
    private static final int PIPELINE = 16;
    private static final int TIMEOUT_MS = 40_000;

    private final int id;
    private final AtomicInteger progress;
    private final List<Long> acknowledged = new ArrayList<>();
    private final Set<Long> doubtful = new HashSet<>();
    private RawSession session;
    private RawSession.ConnectReply known;
    private long nextToken;
    private int counterAcknowledged;
    private int counterSent;
    private String trouble;

    Worker(final int id, final AtomicInteger progress)
    {
        this.id = id;
        this.progress = progress;
    }

    String counterPath()
    {
        return "/crash/counter" + id;
    }

    private String ephemeralPath()
    {
        return "/crash/ephemeral" + id;
    }

    /** Opens the session, or resumes it after a crash; everything that belongs to it must then be there. */
    void attach(final InetSocketAddress server) throws IOException
    {
        if (known == null)
        {
            session = RawSession.open(server, TIMEOUT_MS);
            known = session.connected();
            require(session.create(counterPath(), value(0), 0).err() == 0, "the counter could not be made");
            require(session.create(ephemeralPath(), null, 1).err() == 0, "the ephemeral could not be made");
            return;
        }

        session = RawSession.attach(new WireConnection(server, TIMEOUT_MS), RawSession.connectRequest(0, TIMEOUT_MS,
            known.sessionId(), known.password(), 0));
        require(session.connected().sessionId() == known.sessionId(),
            "session 0x" + Long.toHexString(known.sessionId()) + " is lost");
        final RawSession.Reply exists = session.call(Opcode.EXISTS, new JuteWriter().str(ephemeralPath()).bool(false));
        require(exists.err() == 0, ephemeralPath() + " is lost: " + exists.err());
        require(exists.body().stat().ephemeralOwner() == known.sessionId(), ephemeralPath() + " has another owner");
        checkCounter();
    }

    /** The counter must hold the last acknowledged value or one sent after it, and its value must equal its version. */
    private void checkCounter() throws IOException
    {
        final RawSession.Reply reply = session.call(Opcode.GET_DATA, new JuteWriter().str(counterPath()).bool(false));
        require(reply.err() == 0, counterPath() + " is lost: " + reply.err());
        final int value = ByteBuffer.wrap(reply.body().buf()).getInt();
        final int version = reply.body().stat().version();
        require(value == version, counterPath() + " has value " + value + " and version " + version);
        require(value >= counterAcknowledged && value <= counterSent, counterPath() + " is " + value +
            ", acknowledged was " + counterAcknowledged + ", sent " + counterSent);
        counterAcknowledged = value;
        counterSent = value;
    }

    /** Writes until the connection ends. */
    @Override
    public void run()
    {
        final Deque<Long> outstanding = new ArrayDeque<>();

        try
        {
            while (true)
            {
                while (outstanding.size() < PIPELINE)
                {
                    outstanding.add(send());
                }

                final RawSession.Reply reply = session.receive();

                if (reply == null)
                {
                    break;
                }

                acknowledge(outstanding.remove(), reply);
            }
        }
        catch (final IOException ex)
        {
            return; // The connection ended while sending.
        }
    }

    /** Returns the number of the requested node, or -1 for the counter. */
    private long send() throws IOException
    {
        final long token = (long)id << 32 | nextToken++;

        if (nextToken % 2 == 0)
        {
            doubtful.add(token);
            session.send(Opcode.CREATE, new JuteWriter().str("/crash/log/n").buf(ByteBuffer.allocate(8).putLong(token)
                .array()).acls(Acl.OPEN).i32(2));
            return token;
        }

        counterSent++;
        session.send(Opcode.SET_DATA, new JuteWriter().str(counterPath()).buf(value(counterSent)).i32(counterSent - 1));
        return -1;
    }

    private void acknowledge(final long token, final RawSession.Reply reply)
    {
        if (reply.err() != 0)
        {
            trouble = "error " + reply.err();
        }
        else if (token >= 0)
        {
            doubtful.remove(token);
            acknowledged.add(token);
            progress.incrementAndGet();
        }
        else
        {
            counterAcknowledged++;
            progress.incrementAndGet();
        }
    }

    private static byte[] value(final int number)
    {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    List<Long> acknowledged()
    {
        return acknowledged;
    }

    Set<Long> doubtful()
    {
        return doubtful;
    }

    String trouble()
    {
        return trouble;
    }

    RawSession session()
    {
        return session;
    }

    private static void require(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new AssertionError(message);
        }
    }
}
