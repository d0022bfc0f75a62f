/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.PeerContext;
import io.caracal.transport.tcp.SelectIdle;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverThreadTest
{
    private static final long DEADLINE_S = 30;
    private static final int RECEIVE_BUFFER_LENGTH = 64 << 10;

    private final PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1);
    private final PeerContext context = ensemble.context(1).conclude();
    private final SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
    private final Semaphore wakeups = new Semaphore(0);

    @AfterEach
    void close()
    {
        idle.close();
        ensemble.close();
    }

    @Test
    void shouldEndAPassOfADriverThatAlwaysHasWork() throws InterruptedException
    {
        passes(1);
    }

    @Test
    void shouldEndAPassOfADriverWithoutWork() throws InterruptedException
    {
        passes(0);
    }

    private void passes(final int workCount) throws InterruptedException
    {
        try (DriverThread thread =
            new DriverThread(new AgentInvoker(ensemble.events()::onError, null, new Working(workCount)), idle,
                wakeups::release, context, new SocketBuffers(RECEIVE_BUFFER_LENGTH,
                    RECEIVE_BUFFER_LENGTH)))
        {
            for (int i = 0; i < 2; i++)
            {
                thread.requestPass();
                final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);

                while (!thread.isPassDone())
                {
                    assertTrue(wakeups.tryAcquire(DEADLINE_S, TimeUnit.SECONDS), "the engine is not woken");
                    assertTrue(System.nanoTime() - deadlineNs < 0, "the pass does not end");
                }
            }
        }
    }

    /** An agent that always reports the same amount of work. */
    private record Working(int workCount) implements Agent
    {
        @Override
        public int doWork()
        {
            return workCount;
        }

        @Override
        public String roleName()
        {
            return "driver";
        }
    }
}
