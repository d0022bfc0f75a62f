/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.caracal.engine.port.ClientPort;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Drives both ends of a client port. It sends and receives as clients do, and polls, replies and resumes as an engine
 * does. All waits poll the port, because an adapter makes no progress otherwise.
 */
final class ClientPortDriver
{
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Map<ClientPortFixture.Client, ByteArrayOutputStream> receivedBy = new HashMap<>();
    private final ClientPortFixture fixture;
    private final ClientPort port;
    private final RecordingClientHandler handler;
    private ClientPortFixture.Client slowSender;
    private byte[] slowBytes = {};
    private int slowSent;

    /**
     * Creates a driver of a port that was just opened.
     *
     * @param fixture holds the port and connects clients to it.
     * @param handler receives what each poll delivers.
     */
    ClientPortDriver(final ClientPortFixture fixture, final RecordingClientHandler handler)
    {
        this.fixture = fixture;
        this.handler = handler;
        port = fixture.port();
    }

    /**
     * Completes a request and reply of another client, so that everything that was under way before has had its chance.
     */
    void exchangeWithAnother()
    {
        final ClientPortFixture.Client other = fixture.connect();
        final long id = announce(other);
        reply(id, "reply");
        await("the reply of another", () -> List.of("reply").equals(receivedFrames(other)));
    }

    /**
     * Sends the first frame of a client and waits until the port has announced its connection. Returns the id of the
     * connection.
     */
    long announce(final ClientPortFixture.Client client)
    {
        final int before = handler.connected().size();
        send(client, Bytes.framed("announce"));
        await("the first frame", () -> handler.connected().size() == before + 1 &&
            handler.framesOf(handler.connected().get(before)).equals(List.of("announce")));

        return handler.connected().get(before);
    }

    /** Id of the only connection that was ever announced. */
    long onlyConnection()
    {
        assertEquals(1, handler.connected().size());

        return handler.connected().get(0);
    }

    /** Asks the port to offer again what the handler has refused from a connection. */
    void resume(final long id)
    {
        handler.onResume(id);
        port.resume(id);
    }

    /** Sends a reply on a connection that must be open. */
    void reply(final long id, final String frame)
    {
        assertTrue(tryReply(id, frame), "the connection is closed");
    }

    /** Sends a reply. Returns false when the connection is closed. */
    boolean tryReply(final long id, final String frame)
    {
        final byte[] bytes = Bytes.framed(frame);
        final int at = port.claim(id, bytes.length);

        if (at == ClientPort.CLOSED)
        {
            return false;
        }

        assertTrue(at >= 0, "an answer of claim: " + at);
        port.claimed().putBytes(at, bytes);
        port.commit();

        return true;
    }

    /** Sends bytes from a client, and waits until the connection has taken all of them. */
    void send(final ClientPortFixture.Client client, final byte[] bytes)
    {
        final int[] sent = { 0 };
        await("the connection to take bytes", () ->
        {
            if (sent[0] < bytes.length)
            {
                sent[0] += client.send(bytes, sent[0], bytes.length - sent[0]);
            }

            return sent[0] == bytes.length;
        });
    }

    /**
     * Like {@link #send}, but for a connection from which the port may not read at the moment. Later waits send what it
     * does not take now.
     */
    void trySend(final ClientPortFixture.Client client, final byte[] bytes)
    {
        slowSender = client;
        slowBytes = bytes;
        slowSent = 0;
        sendAlong();
    }

    /** All complete frames that a client has received so far. */
    List<String> receivedFrames(final ClientPortFixture.Client client)
    {
        final ByteArrayOutputStream received = receivedBy.computeIfAbsent(client,
            key -> new ByteArrayOutputStream());
        received.writeBytes(client.receive());

        return Bytes.frames(received.toByteArray());
    }

    /** Polls the port until a condition holds. Fails if it does not hold in time; the message names it. */
    void await(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;

        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                fail("waited in vain for " + what);
            }

            if (port.poll(handler) == 0)
            {
                LockSupport.parkNanos(PAUSE_NS);
            }

            sendAlong();
        }
    }

    private void sendAlong()
    {
        if (slowSent < slowBytes.length)
        {
            slowSent += slowSender.send(slowBytes, slowSent, slowBytes.length - slowSent);
        }
    }
}
