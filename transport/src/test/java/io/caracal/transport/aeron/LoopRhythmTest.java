/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.PeerContext;
import io.caracal.transport.Threading;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests links of servers whose loops always have something to do, so that they never wait, or run rarely. */
class LoopRhythmTest
{
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);
    /** Less than the pause after which a loop asks by itself if it was not told. */
    private static final long SHORT_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SELDOM_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long SELDOM_NS = TimeUnit.MILLISECONDS.toNanos(400);

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldLinkThoughTheLoopNeverWaits(final Threading threading)
    {
        links(context -> context.threading(threading).linkTimeoutNs(SHORT_TIMEOUT_NS),
            () -> LockSupport.parkNanos(PAUSE_NS));
    }

    /** The machine has time for the loop only now and then, so each poll is much later than the one before. */
    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldLinkThoughTheLoopComesRoundSeldom(final Threading threading)
    {
        final AtomicLong nowNs = new AtomicLong(System.nanoTime());
        links(context -> context.threading(threading).nanoClock(nowNs::get), () ->
        {
            nowNs.addAndGet(SELDOM_NS);
            LockSupport.parkNanos(SELDOM_PAUSE_NS);
        });
    }

    private static void links(final UnaryOperator<PeerContext> settings, final Runnable pause)
    {
        try (PeerCluster cluster = new PeerCluster(settings, 1, 2))
        {
            cluster.start(1, 2);
            final long deadlineNs = System.nanoTime() + PATIENCE_NS;

            while (!cluster.isLinked(1, 2))
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, () -> "no link: " + cluster.events().all());
                poll(cluster, 1);
                poll(cluster, 2);
                pause.run();
            }
        }
    }

    private static void poll(final PeerCluster cluster, final long serverId)
    {
        cluster.at(serverId).poll();
        cluster.port(serverId).flush();
    }
}
