/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.nothing.Forcing;
import io.caracal.bench.nothing.NothingServer;
import io.caracal.transport.FreePorts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several threads measure together: with the sessions of all of them, or not at all. */
@Timeout(240)
class LoadAgentTest
{
    private static final long FILE_LENGTH = 1 << 20;
    private static final long OPERATIONS = 10;
    private static final long OWN_TIME_MS = 2_000;
    private static final long PATIENCE_MS = 120_000;

    @TempDir
    private Path dir;

    private final RunCourse course = new RunCourse(2);

    /** Without the sessions of the first, the second would measure half of the load and call it the whole. */
    @Test
    void shouldWaitForAThreadWhoseTimeToConnectEndsLater() throws Exception
    {
        try (NothingServer server = server())
        {
            final LoadAgent first = agent(server.address(), OWN_TIME_MS);
            final LoadAgent second = agent(server.address(), PATIENCE_MS);
            final Thread thread = start(first);
            awaitEndOf(thread, 2 * OWN_TIME_MS);

            second.run();
            thread.join(PATIENCE_MS);

            assertEquals(OPERATIONS, second.totals().answered);
            assertEquals(OPERATIONS, first.totals().answered);
        }
    }

    @Test
    void shouldMeasureNothingWhenAnotherThreadGetsNoSession() throws Exception
    {
        try (NothingServer server = server())
        {
            final LoadAgent first = agent(server.address(), PATIENCE_MS);
            final Thread thread = start(first);

            final LoadAgent second =
                agent(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.find()), 1);
            second.run();
            thread.join(PATIENCE_MS);

            assertTrue(second.totals().failure.startsWith("not all sessions could be opened: "));
            assertFalse(first.totals().isMeasured());
        }
    }

    private NothingServer server() throws IOException
    {
        return new NothingServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), dir.resolve("forced"),
            FILE_LENGTH, Forcing.NONE, 100);
    }

    private LoadAgent agent(final InetSocketAddress address, final long connectTimeoutMs) throws IOException
    {
        final LoadContext context = new LoadContext().servers(List.of(address)).connections(1).operations(OPERATIONS)
            .connectTimeoutMs(connectTimeoutMs).conclude();
        final RequestEncoder encoder = new RequestEncoder(new KeySpace(context.root(), context.keyCount()), 100, 7);
        final MixSource source = new MixSource(encoder, context.mix(), KeyDistribution.parse("uniform", 10),
            new SplittableRandom(7));
        return new LoadAgent(context, new LoadAgent.Share(1, 0, OPERATIONS), encoder, source,
            new LatencyRecorder(context.mix()), new Pace(0), course);
    }

    private static Thread start(final LoadAgent agent)
    {
        final Thread thread = new Thread(agent, "first");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits for so long, or until a thread has ended. */
    private static void awaitEndOf(final Thread thread, final long forMs)
    {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(forMs);
        while (thread.isAlive() && System.nanoTime() - endNs < 0)
        {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
