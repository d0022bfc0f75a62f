/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Rare pieces of work that one thread leaves to another: closing what a rotation left, removing what a truncation
 * dropped. Bounded by how they come about: each follows the taking of a spare segment, which this same thread must have
 * made before.
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
