/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Pages;
import io.caracal.server.log.LogMark;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** A program that tries to start a server again and again must not run out of descriptors. */
class HttpDoorTest
{
    private static final int TRIES = 40;
    /** The first value that the JDK's HTTP server is given holds for the whole process, including other tests. */
    private static final int IDLE_MS = 30_000;
    private static final long WAIT_MAX_S = 60;

    @Test
    void shouldGiveEverythingBackWhenItsPortIsTaken() throws IOException
    {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            final InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(),
                other.getLocalPort());
            final long before = descriptors();
            for (int i = 0; i < TRIES; i++)
            {
                assertThrows(BindException.class, () -> new HttpDoor("taken", taken, IDLE_MS));
            }

            assertTrue(descriptors() < before + TRIES, () -> before + " descriptors before");
        }
    }

    @Test
    void shouldGiveEverythingBackWhenItWasNeverOpened() throws IOException
    {
        final InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        final long before = descriptors();
        for (int i = 0; i < TRIES; i++)
        {
            new HttpDoor("unopened", any, IDLE_MS).close();
        }

        assertTrue(descriptors() < before + TRIES, () -> before + " descriptors before");
    }

    /** Its threads are made by threads of the library, when there are requests. */
    @Test
    void shouldMarkItsThreadsWithTheServerThatItIsOf() throws Exception
    {
        final InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        final CompletableFuture<String> seen = new CompletableFuture<>();
        MDC.put(LogMark.KEY, "7");
        try (HttpDoor door = new HttpDoor("marked", any, IDLE_MS).page("/", request ->
        {
            seen.complete(LogMark.current());
            return Reply.text(200, "");
        }))
        {
            MDC.remove(LogMark.KEY);
            door.open();
            Pages.get(door.address().getPort(), "/");
        }
        finally
        {
            MDC.remove(LogMark.KEY);
        }

        assertEquals("7", seen.getNow("no answer"));
    }

    /** What such a thread uses is closed next. */
    @Test
    void shouldWaitForItsThreadsThoughTheOneThatClosesIsInterrupted() throws Exception
    {
        final InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        final CountDownLatch isAsked = new CountDownLatch(1);
        final AtomicBoolean isOver = new AtomicBoolean();
        final HttpDoor door = new HttpDoor("patient", any, IDLE_MS).page("/", request ->
        {
            isAsked.countDown();
            isOver.set(awaitInterrupt());
            return Reply.text(200, "");
        });
        door.open();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door.address().getPort()))
        {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(
                StandardCharsets.US_ASCII));
            assertTrue(isAsked.await(WAIT_MAX_S, TimeUnit.SECONDS));
            Thread.currentThread().interrupt();
            door.close();

            assertTrue(Thread.interrupted());
            assertTrue(isOver.get());
        }
        finally
        {
            Thread.interrupted();
        }
    }

    private static boolean awaitInterrupt()
    {
        try
        {
            return !new CountDownLatch(1).await(WAIT_MAX_S, TimeUnit.SECONDS);
        }
        catch (final InterruptedException ex)
        {
            return true;
        }
    }

    private static long descriptors() throws IOException
    {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd")))
        {
            return all.count();
        }
    }
}
