/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that stop in the middle of sending a request or reading an answer do not occupy a thread. */
class SilentClientTest
{
    private static final int TIMEOUT_MS = 30_000;
    private static final int TRY_MS = 6_000;
    /** More than the buffers of both sockets can hold. */
    private static final int LONG_LENGTH = 64 << 20;
    private static final int CROWD = 100;
    /** Time in which a client takes something, with a door that waits longer than for others. */
    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    /** How often it is tried again where the machine may have stalled. */
    private static final long TRIES_NS = TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
    private static final long SILENCE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private final AtomicInteger begunCount = new AtomicInteger();
    private HttpDoor door;

    @BeforeEach
    void open() throws IOException
    {
        open(SILENCE_NS);
    }

    private void open(final long silenceMaxNs) throws IOException
    {
        door = new HttpDoor("silent", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TIMEOUT_MS,
            silenceMaxNs).page("/read", this::read).page("/ignore", request -> Reply.text(200, "not read"))
            .page("/long", this::longAnswer).probe("/probe", request -> Reply.text(200, "lives"));
        door.open();
    }

    /** Opens a door that does not time out when the machine stalls for a while. */
    private void openPatient() throws IOException
    {
        door.close();
        open(TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS));
    }

    @AfterEach
    void close()
    {
        door.close();
    }

    private Reply read(final Request request) throws IOException
    {
        begunCount.incrementAndGet();
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

    private Reply longAnswer(final Request request)
    {
        begunCount.incrementAndGet();
        return new Reply(200, Map.of(), LONG_LENGTH, out ->
        {
            try
            {
                out.write(new byte[LONG_LENGTH]);
            }
            catch (final IOException ex)
            {
                failures.add(ex.getMessage());
                throw ex;
            }
        });
    }

    @Test
    void shouldCloseTheConnectionOfOneWhoSendsHalfAHead() throws IOException
    {
        assertEquals("", answer("GET /read HTTP/1.1\r\nHost: localhost\r\nX-Half: "));
    }

    @Test
    void shouldCloseTheConnectionOfOneWhoSendsHalfABody() throws Exception
    {
        // If the machine stalls, the connection may be closed before any thread has looked at it.
        final long deadlineNs = System.nanoTime() + TRIES_NS;
        while (begunCount.get() == 0 && System.nanoTime() - deadlineNs < 0)
        {
            assertEquals("", answer("POST /read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf"));
        }

        final String failure = failures.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        assertTrue(failure != null && failure.startsWith("nothing came for "), failure);
    }

    @Test
    void shouldAnswerOneWhoseBodyNobodyWantsAndNotWaitForIt() throws IOException
    {
        String answer = "";
        final long deadlineNs = System.nanoTime() + TRIES_NS;
        while (answer.isEmpty() && System.nanoTime() - deadlineNs < 0)
        {
            answer = answer("POST /ignore HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf");
        }

        assertTrue(answer.endsWith("not read"), "the answer: " + answer);
    }

    @Test
    void shouldCloseTheConnectionOfOneWhoReadsNothingOfALongAnswer() throws Exception
    {
        String failure = failureBesideOneWhoReadsNothing();
        final long deadlineNs = System.nanoTime() + TRIES_NS;
        while (failure == null && System.nanoTime() - deadlineNs < 0)
        {
            failure = failureBesideOneWhoReadsNothing();
        }

        assertTrue(failure != null && failure.startsWith("nothing was taken for "), failure);
    }

    private String failureBesideOneWhoReadsNothing() throws Exception
    {
        try (Socket socket = connect("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        {
            final String failure = failures.poll(TRY_MS, TimeUnit.MILLISECONDS);
            assertTrue(socket.getInputStream().readAllBytes().length < LONG_LENGTH);
            return failure;
        }
        catch (final SocketException closedBefore)
        {
            return null;
        }
    }

    @Test
    void shouldSendALongAnswerWholeToOneWhoReadsIt() throws Exception
    {
        openPatient();
        try (Socket socket = connect("GET /long HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        {
            assertTrue(socket.getInputStream().readAllBytes().length > LONG_LENGTH);
        }
    }

    @Test
    void shouldAnswerBesideACrowdThatSaysNothing() throws IOException
    {
        openPatient();
        final List<Socket> crowd = new ArrayList<>();
        try
        {
            for (int i = 0; i < CROWD; i++)
            {
                crowd.add(new Socket(door.address().getAddress(), door.address().getPort()));
            }
            final String answer = answer("GET /ignore HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertTrue(answer.endsWith("not read"), answer);
        }
        finally
        {
            CloseHelper.closeAll(crowd);
        }
    }

    @Test
    void shouldAnswerBesideACrowdThatSendsHalfAHead() throws IOException
    {
        openPatient();
        final List<Socket> crowd = new ArrayList<>();
        try
        {
            for (int i = 0; i < CROWD; i++)
            {
                crowd.add(connect("GET /ignore HTTP/1.1\r\nHost: localhost\r\nX-Half: "));
            }
            final String answer = answer("GET /ignore HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertTrue(answer.endsWith("not read"), answer);
        }
        finally
        {
            CloseHelper.closeAll(crowd);
        }
    }

    /** An orchestrator would end a server that does not answer its probe, and another one would come to the same. */
    @Test
    void shouldAnswerAProbeBesideACrowdThatReadsNothing() throws IOException
    {
        openPatient();
        final List<Socket> crowd = new ArrayList<>();
        try
        {
            for (int i = 0; i < CROWD; i++)
            {
                crowd.add(connect("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            final long deadlineNs = System.nanoTime() + TRIES_NS;
            while (begunCount.get() < HttpDoor.ANSWERS_MAX && System.nanoTime() - deadlineNs < 0)
            {
                Poll.rest();
            }
            final String answer = answer("GET /probe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertTrue(answer.endsWith("lives"), answer);
            assertEquals(HttpDoor.ANSWERS_MAX, begunCount.get(), "answers that are made at a time");
        }
        finally
        {
            CloseHelper.closeAll(crowd);
        }
    }

    /** Browsers, and probes that lose patience, do that all the time. */
    @Test
    void shouldNotCountConnectionsOfThoseWhoWentAwayBeforeTheyHadTheirAnswers() throws IOException
    {
        openPatient();
        for (int i = 0; i <= HttpDoor.CONNECTIONS_MAX; i++)
        {
            goAwayWhileAnswered(i);
        }

        String answer = "";
        final long deadlineNs = System.nanoTime() + TRIES_NS;
        while (answer.isEmpty() && System.nanoTime() - deadlineNs < 0)
        {
            answer = answer("GET /probe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }
        assertTrue(answer.endsWith("lives"), "the answer: " + answer);
    }

    private void goAwayWhileAnswered(final int before) throws IOException
    {
        try (Socket socket = connect("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        {
            final long deadlineNs = System.nanoTime() + TRIES_NS;
            while (begunCount.get() == before && System.nanoTime() - deadlineNs < 0)
            {
                assertFalse(isEnded(socket), "turned away after others: " + before);
            }
            socket.setSoLinger(true, 0);
        }
    }

    /** Whether the connection was closed, without waiting for long. */
    private static boolean isEnded(final Socket socket) throws IOException
    {
        socket.setSoTimeout(10);
        try
        {
            return socket.getInputStream().read() < 0;
        }
        catch (final SocketTimeoutException nothingYet)
        {
            return false;
        }
    }

    /** The heads of answers are written apart from their bodies, and fill the buffers as well. */
    @Test
    void shouldCloseTheConnectionOfOneWhoAsksWithoutEndAndReadsNothing() throws Exception
    {
        door.close();
        open(PATIENCE_NS);
        final byte[] requests = "HEAD /ignore HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(CROWD)
            .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(door.address().getAddress(), door.address().getPort()))
        {
            final CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> writeUntilClosed(socket, requests));
            asking.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        }
    }

    private static void writeUntilClosed(final Socket socket, final byte[] bytes)
    {
        try
        {
            while (true)
            {
                socket.getOutputStream().write(bytes);
            }
        }
        catch (final IOException closed)
        {
            // As it should be.
        }
    }

    @Test
    void shouldReadWhatComesInTime() throws IOException
    {
        openPatient();
        final String answer = answer("POST /read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
            "Content-Length: 4\r\n\r\nbody");
        assertTrue(answer.endsWith("4 bytes"), answer);
    }

    /** Returns everything that arrives until the connection is closed, perhaps before the request was sent. */
    private String answer(final String request) throws IOException
    {
        try (Socket socket = connect(request))
        {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
        catch (final SocketException closedBefore)
        {
            return "";
        }
    }

    private Socket connect(final String request) throws IOException
    {
        final Socket socket = new Socket(door.address().getAddress(), door.address().getPort());
        socket.setSoTimeout(TIMEOUT_MS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
