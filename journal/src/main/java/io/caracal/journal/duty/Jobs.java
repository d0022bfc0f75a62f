/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Rare pieces of work that the journal thread leaves to the bulk thread: to close the segment before a rotation, to
 * remove what a truncation dropped. There are never many of them: each comes with the taking of a spare segment, and
 * the bulk thread itself has to make that before.
 */
public final class Jobs implements Duty
{
    private final ConcurrentLinkedQueue<Job> queue = new ConcurrentLinkedQueue<>();
    private final Doorbell doorbell;

    /**
     * Creates it.
     *
     * @param doorbell of the thread that does the jobs.
     */
    public Jobs(final Doorbell doorbell)
    {
        this.doorbell = doorbell;
    }

    /**
     * Leaves a job. Any thread.
     *
     * @param job done once, in order.
     */
    public void add(final Job job)
    {
        queue.add(job);
        doorbell.ring();
    }

    @Override
    public int doWork() throws IOException
    {
        final Job job = queue.poll();
        if (job == null)
        {
            return 0;
        }

        job.run();
        return 1;
    }

    @Override
    public long idleNs()
    {
        return UNTIL_WOKEN;
    }

    @Override
    public void onClose() throws IOException
    {
        int done;
        do
        {
            done = doWork();
        }
        while (done > 0);
    }

    /** One piece of work. */
    @FunctionalInterface
    public interface Job
    {
        /**
         * Does it.
         *
         * @throws IOException when the disk fails.
         */
        void run() throws IOException;
    }
}
