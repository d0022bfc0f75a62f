/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.metrics.Traffic;
import io.caracal.server.metrics.Vital;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A closed server leaves nothing behind in the process, and still answers what a program asks of it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosedServerTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long REST_MS = 100;

    @TempDir
    Path directory;

    @Test
    void shouldBeForgottenWithAllItsPorts() throws IOException, InterruptedException
    {
        final WeakReference<Server> server = launchAndClose();
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (server.get() != null && System.nanoTime() - deadlineNs < 0)
        {
            System.gc();
            Thread.sleep(REST_MS);
        }

        assertNull(server.get(), "the closed server is still held");
    }

    /** A program that monitors its servers may look at one a moment too late. */
    @Test
    void shouldStillTellItsLastFigures() throws IOException
    {
        final Server server = launch();
        final MetricsView figures = server.metrics();
        read("http://127.0.0.1:" + server.adminPort() + "/commands/monitor");
        server.close();

        assertTrue(figures.count(Count.PROPOSALS) > 0, "nothing was ever proposed");
        assertEquals(server.clientPort(), figures.vital(Vital.CLIENT_PORT));
        assertEquals(0, figures.traffic(Traffic.CONNECTIONS_ACCEPTED));
        assertEquals(0, figures.gauge(Gauge.OUTSTANDING_REQUESTS));
        assertEquals(0, figures.requests().count());
        figures.reset();
        assertEquals(1, figures.resets());
    }

    @Test
    void shouldNotClaimToServe() throws InterruptedException
    {
        final Server server = launch();
        assertEquals("standalone", server.role());
        server.close();

        assertEquals("looking", server.role());
        assertFalse(server.awaitServing(Duration.ofMinutes(1)), "a closed server serves");
    }

    private Server launch()
    {
        return Server.launch(new ServerContext().dataDir(directory).clientPortAddress("127.0.0.1").clientPort(0)
            .set("admin.serverPort", "0").set("metricsProvider.httpPort", "0").set("audit.enable", "true"));
    }

    private WeakReference<Server> launchAndClose() throws IOException
    {
        try (Server server = launch())
        {
            final String figures = read("http://127.0.0.1:" + server.metricsPort() + "/metrics");
            assertTrue(figures.contains("jvm_memory_used_bytes"), "nothing of the JVM");
            assertTrue(figures.contains("jvm_memory_bytes_used{area=\"heap\"}"), "not as ZooKeeper tells it");
            assertTrue(figures.contains("jvm_info{"), "not as ZooKeeper tells it");
            assertTrue(figures.contains("caracal_serving 1.0"), "nothing of the server");
            read("http://127.0.0.1:" + server.adminPort() + "/commands/monitor");

            return new WeakReference<>(server);
        }
    }

    private static String read(final String address) throws IOException
    {
        try (InputStream in = URI.create(address).toURL().openStream())
        {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
