/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.log.LogMark;
import io.caracal.transport.PatientJoin;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A thread that runs a few small tasks at intervals, whether or not there are requests. */
final class AdminRhythm implements Runnable, AutoCloseable
{
    private static final long JOIN_MS = 5_000;

    private final long periodMs;
    private final List<Runnable> tasks;
    private final CountDownLatch isEnding = new CountDownLatch(1);
    private final Thread thread = new Thread(LogMark.carried(this), "caracal-admin-rhythm");

    AdminRhythm(final long periodMs, final Runnable... tasks)
    {
        this.periodMs = periodMs;
        this.tasks = List.of(tasks);
        thread.setDaemon(true);
    }

    void begin()
    {
        thread.start();
    }

    @Override
    public void run()
    {
        try
        {
            do
            {
                tasks.forEach(Runnable::run);
            }
            while (!isEnding.await(periodMs, TimeUnit.MILLISECONDS));
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread, even if the calling one is interrupted. Afterwards, what its tasks use may be closed. */
    @Override
    public void close()
    {
        isEnding.countDown();
        PatientJoin.joinOrFail(thread, JOIN_MS);
    }
}
