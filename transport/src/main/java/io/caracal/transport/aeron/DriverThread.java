/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PatientJoin;
import io.caracal.transport.PeerContext;
import io.caracal.transport.tcp.SelectIdle;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;

/**
 * Runs Aeron's driver on a thread of its own, with {@code threading=dedicated}. The thread sleeps in its own selector
 * and is woken by sockets and by {@link #wakeup()}. It wakes the engine after each cycle that did something, and so
 * after packets were inserted.
 */
final class DriverThread implements AutoCloseable
{
    private final AgentInvoker driver;
    private final SelectIdle idle;
    private final Runnable engineWakeup;
    private final DriverRhythm rhythm;
    private final Thread thread;
    private final int passCyclesMax;
    private int passCycles;
    private long passUnderWay;
    private volatile boolean isRunning = true;
    private volatile long passRequested;
    private volatile long passDone;

    /**
     * Starts the thread.
     *
     * @param driver       run by the thread.
     * @param idle         of the thread; the caller closes it after this object.
     * @param engineWakeup wakes the engine's loop.
     * @param context      concluded.
     * @param buffers      sizes of each socket's buffers.
     */
    DriverThread(final AgentInvoker driver, final SelectIdle idle, final Runnable engineWakeup,
        final PeerContext context, final SocketBuffers buffers)
    {
        passCyclesMax = buffers.packetsMax() + 1;
        this.driver = driver;
        this.idle = idle;
        this.engineWakeup = engineWakeup;
        rhythm = new DriverRhythm(context.nanoClock());
        thread = context.threadFactory().newThread(this::run);
        thread.setName("caracal-peers");
        thread.setDaemon(true);
        thread.start();
    }

    /** Makes the driver look at what was published for it. May be called on any thread. */
    void wakeup()
    {
        idle.wakeup();
    }

    /** Asks for a pass over the sockets. Only called on the engine's thread. */
    void requestPass()
    {
        final long next = passRequested + 1;
        passRequested = next;
        idle.wakeup();
    }

    boolean isPassDone()
    {
        return passDone == passRequested;
    }

    boolean isDead()
    {
        return !thread.isAlive();
    }

    SelectIdle idle()
    {
        return idle;
    }

    @Override
    public void close()
    {
        isRunning = false;
        idle.wakeup();

        if (PatientJoin.join(thread, Long.MAX_VALUE))
        {
            Thread.currentThread().interrupt();
        }
    }

    private void run()
    {
        try
        {
            while (isRunning && !driver.isClosed())
            {
                cycle();
            }
        }
        finally
        {
            CloseHelper.quietClose(driver);
            engineWakeup.run();
        }
    }

    private void cycle()
    {
        final long pass = passRequested;
        final int workCount = driver.invoke();

        if (notePass(pass, workCount == 0) || workCount > 0)
        {
            engineWakeup.run();
        }

        idle.idle(workCount, rhythm.nextDeadlineNs(workCount, true));
    }

    /**
     * Notes the progress of a pass and returns whether one was finished. A pass is done when a cycle found nothing. A
     * driver that always has work still takes a packet from each socket in each cycle. So what a socket held when the
     * pass began has been read after as many cycles as the socket can hold packets.
     */
    private boolean notePass(final long pass, final boolean isNothingLeft)
    {
        if (pass == passDone)
        {
            return false;
        }

        if (passCycles++ == 0)
        {
            passUnderWay = pass;
        }

        if (!isNothingLeft && passCycles < passCyclesMax)
        {
            return false;
        }

        passCycles = 0;
        passDone = isNothingLeft ? pass : passUnderWay;

        return true;
    }
}
