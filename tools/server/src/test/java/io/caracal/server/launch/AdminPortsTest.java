/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Poll;
import io.caracal.server.admin.AdminActions;
import io.caracal.server.admin.AdminFacts;
import io.caracal.server.admin.EngineReader;
import io.caracal.server.config.Membership;
import io.caracal.server.config.Settings;
import io.caracal.server.config.ZooCfg;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.words.OperatorBridge;
import io.caracal.server.words.WordFacts;
import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminPortsTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final int[] free = FreePorts.find(2);
    private final CountDownLatch isAsked = new CountDownLatch(1);
    private final CountDownLatch isReleased = new CountDownLatch(1);

    @TempDir
    private Path dir;

    /** A thread of the admin server that does not end does not keep the other port open. */
    @Test
    void shouldCloseTheOtherPortWhenOneFails() throws Exception
    {
        final AdminPorts ports = bind();
        ports.open();
        new Socket(InetAddress.getLoopbackAddress(), free[1]).close();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), free[0]))
        {
            client.getOutputStream().write("GET /livez HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
            assertTrue(isAsked.await(LIMIT_NS, TimeUnit.NANOSECONDS));
            final Exception ex = assertThrows(IllegalStateException.class, () -> closeWithoutPatience(ports));
            assertTrue(ex.getMessage().contains("does not end"), ex::getMessage);
        }
        finally
        {
            isReleased.countDown();
        }

        for (final int port : free)
        {
            awaitClosed(port);
        }
    }

    @Test
    void shouldTellAddressesThatABrowserTakes()
    {
        assertEquals("http://0.0.0.0:7000/metrics", AdminPorts.url("0.0.0.0", 7000, "/metrics"));
        assertEquals("http://[::1]:8080/", AdminPorts.url("::1", 8080, "/"));
        assertEquals("http://[::1]:8080/", AdminPorts.url("[::1]", 8080, "/"));
    }

    /** Closes the ports on an interrupted thread, which waits for no other thread. */
    private static void closeWithoutPatience(final AdminPorts ports)
    {
        Thread.currentThread().interrupt();
        try
        {
            ports.close();
        }
        finally
        {
            Thread.interrupted();
        }
    }

    /** Blocks the thread that asks the engine until the ports are closed, even if it is interrupted. */
    private void hang()
    {
        isAsked.countDown();
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (isReleased.getCount() > 0 && System.nanoTime() - deadlineNs < 0)
        {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Waits until the socket is closed: the library's thread that listened closes it a moment later. */
    private static void awaitClosed(final int port) throws IOException
    {
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (System.nanoTime() - deadlineNs < 0)
        {
            try
            {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                Poll.rest();
            }
            catch (final ConnectException closed)
            {
                return;
            }
        }

        throw new AssertionError("port " + port + " is still open");
    }

    private AdminPorts bind()
    {
        final String config = "dataDir=" + dir + "\nadmin.serverPort=" + free[0] +
            "\nmetricsProvider.httpHost=127.0.0.1\nmetricsProvider.httpPort=" + free[1] + "\n";
        final Settings settings = Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg", config), new Properties());
        final WordFacts words = new WordFacts("test", () -> settings, Membership.of(settings), 0,
            new MetricsView(ServerMetrics.unshared()), dir, dir, () -> 0, () -> 0, 0, new AtomicLong());
        final EngineReader reader = new EngineReader(new OperatorBridge(this::hang, this::hang));
        return AdminPorts.bind(settings, new AdminFacts(words, reader, SystemNanoClock.INSTANCE, null, null, null,
            () -> ""), new AdminActions(() -> new InetSocketAddress(0), vital ->
            {
            }), false);
    }
}
