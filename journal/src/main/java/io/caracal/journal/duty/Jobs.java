/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Rare pieces of work that the journal thread leaves to the bulk thread: closing the segment before a rotation,
 * removing what a truncation dropped. There are never many. Each comes with the taking of a spare segment, which the
 * bulk thread itself must have made before.
 */
public final class Jobs implements Duty
{
    private final ConcurrentLinkedQueue<Job> queue = new ConcurrentLinkedQueue<>();
    private final Doorbell doorbell;

    /**
     * Creates an empty queue of jobs.
     *
     * @param doorbell of the thread that does the jobs.
     */
    public Jobs(final Doorbell doorbell)
    {
        this.doorbell = doorbell;
    }

    /**
     * Adds a job. May be called by any thread.
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
         * Does the job.
         *
         * @throws IOException when the disk fails.
         */
        void run() throws IOException;
    }
}
