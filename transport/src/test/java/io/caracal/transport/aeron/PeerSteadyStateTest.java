/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.Threading;
import io.caracal.transport.tcp.SelectIdle;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests links in steady state: no allocation per message, and no thread runs without need. */
class PeerSteadyStateTest implements PeerHandler
{
    private static final double ALLOCATED_BYTES_PER_MESSAGE_MAX = 0.1;

    private static final int MESSAGES = 50_000;
    private static final int LONG_MESSAGES = 3_000;
    private static final int SHORT_LENGTH_MAX = 1_376;
    private static final int IDLE_CYCLES_PER_SECOND_MAX = 2_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    /** How long the compilers may take until no object escapes. */
    private static final long COMPILING_NS = TimeUnit.MINUTES.toNanos(3);

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private boolean isClockStopped;
    private long stoppedNs;
    private int upCount;
    private int receivedCount;

    @ParameterizedTest
    @ValueSource(ints = { 8, 200, SHORT_LENGTH_MAX, 20_000 })
    void shouldAllocateNothingPerMessage(final int length)
    {
        try (PeerEnsemble ensemble = new PeerEnsemble(context -> context.nanoClock(this::nowNs), 1, 2))
        {
            final PeerPort one = ensemble.start(1);
            final PeerPort two = ensemble.start(2);
            awaitLink(one, two);
            // Periodic work, such as checking the server's own address, is not done per message.
            stoppedNs = System.nanoTime();
            isClockStopped = true;
            final int count = length > SHORT_LENGTH_MAX ? LONG_MESSAGES : MESSAGES;
            final long deadlineNs = System.nanoTime() + COMPILING_NS;
            double perMessage = Double.MAX_VALUE;

            // Steady state begins when the compilers are done, which takes them longer if they have to wait for a core.
            // An allocation per message would show in every round.
            while (perMessage >= ALLOCATED_BYTES_PER_MESSAGE_MAX && System.nanoTime() - deadlineNs < 0)
            {
                final long before = threads.getCurrentThreadAllocatedBytes();
                exchange(one, two, length, count);
                perMessage = (threads.getCurrentThreadAllocatedBytes() - before) / (double)count;
            }

            assertTrue(perMessage < ALLOCATED_BYTES_PER_MESSAGE_MAX, perMessage + " bytes per message");
        }
    }

    @Test
    void shouldSleepWhileNothingIsSent()
    {
        try (PeerEnsemble ensemble = new PeerEnsemble(context -> context.threading(Threading.SHARED), 1, 2))
        {
            final AeronPeerPort one = ensemble.start(1);
            final AeronPeerPort two = ensemble.start(2);
            awaitLink(one, two);
            final SelectIdle idle = ensemble.idle(1);
            final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            final long before = idle.cycleCount();

            while (System.nanoTime() - endNs < 0)
            {
                idle.idle(one.poll(this), Math.min(one.nextDeadlineNs(), two.nextDeadlineNs()));
                two.poll(this);
                one.flush();
                two.flush();
            }

            final long cycles = idle.cycleCount() - before;
            assertTrue(cycles < IDLE_CYCLES_PER_SECOND_MAX, cycles + " cycles");
        }
    }

    private long nowNs()
    {
        return isClockStopped ? stoppedNs : System.nanoTime();
    }

    private void awaitLink(final PeerPort one, final PeerPort two)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;

        while (upCount < 2)
        {
            one.poll(this);
            two.poll(this);
            assertTrue(System.nanoTime() - deadlineNs < 0, "waited in vain for a link");
        }
    }

    private void exchange(final PeerPort one, final PeerPort two, final int length, final int count)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        receivedCount = 0;
        int sent = 0;

        while (receivedCount < count)
        {
            if (sent < count)
            {
                final int offset = one.claim(2, PeerStream.LIVE, length);

                if (offset >= 0)
                {
                    one.claimed().putLong(offset, sent++);
                    one.commit();
                }
            }

            one.poll(this);
            two.poll(this);
            assertTrue(System.nanoTime() - deadlineNs < 0, "waited in vain for messages");
        }
    }

    @Override
    public void onLinkUp(final long serverId, final long generation)
    {
        upCount++;
    }

    @Override
    public void onLinkDown(final long serverId, final long generation, final LinkEnd end)
    {
        upCount--;
    }

    @Override
    public boolean onMessage(final long serverId, final PeerStream stream, final DirectBuffer buffer, final int offset,
        final int length)
    {
        receivedCount++;

        return true;
    }
}
