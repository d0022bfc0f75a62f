/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that stop in the middle of a request do not keep a thread. */
class SilentClientTest
{
    private static final int TIMEOUT_MS = 30_000;
    private static final long SILENCE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private HttpDoor door;

    @BeforeEach
    void open() throws IOException
    {
        door = new HttpDoor("silent", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TIMEOUT_MS,
            SILENCE_NS).page("/read", this::read).page("/ignore", request -> Reply.text(200, "not read"));
        door.open();
    }

    @AfterEach
    void close()
    {
        door.close();
    }

    private Reply read(final Request request) throws IOException
    {
        try
        {
            return Reply.text(200, request.body(TIMEOUT_MS).length + " bytes");
        }
        catch (final IOException ex)
        {
            failures.add(ex.getMessage());
            throw ex;
        }
    }

    @Test
    void shouldCloseTheConnectionOfOneWhoSendsHalfAHead() throws IOException
    {
        assertEquals("", answer("GET /read HTTP/1.1\r\nHost: localhost\r\nX-Half: "));
    }

    @Test
    void shouldCloseTheConnectionOfOneWhoSendsHalfABody() throws Exception
    {
        assertEquals("", answer("POST /read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf"));
        final String failure = failures.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        assertTrue(failure != null && failure.startsWith("nothing came for "), failure);
    }

    @Test
    void shouldAnswerOneWhoseBodyNobodyWantsAndNotWaitForIt() throws IOException
    {
        final String answer = answer("POST /ignore HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf");
        assertTrue(answer.endsWith("not read"), answer);
    }

    @Test
    void shouldReadWhatComesInTime() throws IOException
    {
        final String answer = answer("POST /read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
            "Content-Length: 4\r\n\r\nbody");
        assertTrue(answer.endsWith("4 bytes"), answer);
    }

    /** All that comes until the connection is closed. */
    private String answer(final String request) throws IOException
    {
        try (Socket socket = new Socket(door.address().getAddress(), door.address().getPort()))
        {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
