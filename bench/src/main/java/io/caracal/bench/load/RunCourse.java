/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.concurrent.CountDownLatch;

/**
 * Tracks how far one run of a {@link LoadGenerator} has come. Shared by the threads of the run and by those that follow
 * or end it.
 */
public final class RunCourse
{
    private final CountDownLatch connecting;
    private final CountDownLatch warming;
    private volatile boolean isEnded;
    private volatile boolean isAbandoned;

    /**
     * Creates the course of a run that has not begun.
     *
     * @param threads number of threads of the run.
     */
    RunCourse(final int threads)
    {
        connecting = new CountDownLatch(threads);
        warming = new CountDownLatch(threads);
    }

    /** Notes that one thread has its sessions, or never will. */
    void connected()
    {
        connecting.countDown();
    }

    boolean areAllConnected()
    {
        return connecting.getCount() == 0;
    }

    /** Notes that the measured time of one thread begins. */
    void measuring()
    {
        warming.countDown();
    }

    /**
     * Whether the measured time of all threads has begun.
     *
     * @return false while threads connect or warm up, and for good if one of them failed before.
     */
    public boolean isMeasuring()
    {
        return warming.getCount() == 0;
    }

    /** Ends the measured time early. May be called by any thread, and repeatedly. */
    public void end()
    {
        isEnded = true;
    }

    boolean isEnded()
    {
        return isEnded;
    }

    /** Ends the run, whatever it waits for, because nobody wants its figures any more. */
    void abandon()
    {
        isAbandoned = true;
        end();
    }

    boolean isAbandoned()
    {
        return isAbandoned;
    }
}
