/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.abuse;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A client that writes and reads all the time, and must not notice what others do to the server. */
final class HealthyClient implements AutoCloseable
{
    private static final int SESSION_TIMEOUT_MS = 20_000;
    private static final long PROGRESS_TIMEOUT_MS = 60_000;

    private final RawSession session;
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicReference<String> trouble = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "healthy");
    private volatile boolean goOn = true;

    HealthyClient(final InetSocketAddress server) throws IOException
    {
        session = open(server);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Opens a session. A server with a short handshake timeout closes a client that pauses before its handshake, so
     * this tries again.
     */
    private static RawSession open(final InetSocketAddress server) throws IOException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PROGRESS_TIMEOUT_MS);
        while (true)
        {
            try
            {
                return RawSession.open(server, SESSION_TIMEOUT_MS);
            }
            catch (final IOException refused)
            {
                if (System.nanoTime() - deadlineNs > 0 || !RawSession.UNANSWERED.equals(refused.getMessage()))
                {
                    throw refused;
                }
            }
        }
    }

    private void run()
    {
        try
        {
            final String path = "/healthy" + session.connected().sessionId();
            note(session.create(path, new byte[8], 1).err());

            while (goOn)
            {
                note(session.call(Opcode.SET_DATA, new JuteWriter().str(path).buf(new byte[8]).i32(rounds.get()))
                    .err());
                note(session.call(Opcode.GET_DATA, new JuteWriter().str(path).bool(false)).err());
                rounds.incrementAndGet();
            }

            note(session.closeSession().err());
        }
        catch (final IOException ex)
        {
            trouble.compareAndSet(null, ex.toString());
        }
    }

    private void note(final int err)
    {
        if (err != 0)
        {
            trouble.compareAndSet(null, "error " + err);
        }
    }

    /** Waits for some more rounds, all of them without errors. */
    void assertProgress(final int more)
    {
        final int wanted = rounds.get() + more;
        Await.until("a healthy client goes on", PROGRESS_TIMEOUT_MS, () -> rounds.get() >= wanted ||
            trouble.get() != null);

        if (trouble.get() != null)
        {
            throw new AssertionError("a healthy client saw: " + trouble.get());
        }
    }

    @Override
    public void close() throws IOException
    {
        goOn = false;

        try
        {
            thread.join(PROGRESS_TIMEOUT_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the healthy client", ex);
        }

        session.close();
    }
}
