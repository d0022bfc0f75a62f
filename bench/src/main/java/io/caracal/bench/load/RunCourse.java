/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.concurrent.CountDownLatch;

/** How far one run of a {@link LoadGenerator} has come: shared by its threads, and by whoever follows or ends it. */
public final class RunCourse
{
    private final CountDownLatch connecting;
    private final CountDownLatch warming;
    private volatile boolean isEnded;

    /**
     * The course of a run that has not begun.
     *
     * @param threads of the run.
     */
    RunCourse(final int threads)
    {
        connecting = new CountDownLatch(threads);
        warming = new CountDownLatch(threads);
    }

    /** One thread has its sessions, or never will. */
    void connected()
    {
        connecting.countDown();
    }

    boolean areAllConnected()
    {
        return connecting.getCount() == 0;
    }

    /** The measured time of one thread begins. */
    void measuring()
    {
        warming.countDown();
    }

    /**
     * Whether the measured time of all threads has begun.
     *
     * @return false while they connect and warm up, and for good when one of them failed before.
     */
    public boolean isMeasuring()
    {
        return warming.getCount() == 0;
    }

    /** Ends the measured time before its longest duration is over. May be called by any thread, again as well. */
    public void end()
    {
        isEnded = true;
    }

    boolean isEnded()
    {
        return isEnded;
    }
}
