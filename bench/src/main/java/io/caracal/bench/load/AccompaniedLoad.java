/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Runs a load together with another task, which begins when the measured time begins. */
public final class AccompaniedLoad
{
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private AccompaniedLoad()
    {
    }

    /**
     * Runs a load on another thread and a task on this one.
     *
     * @param generator generator whose znodes were prepared.
     * @param company   task to run. It begins when all sessions are open and warm, or the load has failed. It may end
     *                  the load; if it fails, the load is ended as well.
     * @return what was measured.
     * @throws LoadException when the load failed.
     */
    public static LoadReport run(final LoadGenerator generator, final Consumer<RunCourse> company)
    {
        final RunCourse course = generator.course();
        final CompletableFuture<LoadReport> report = CompletableFuture.supplyAsync(() -> generator.run(course));
        boolean isDone = false;
        try
        {
            awaitMeasuring(course, report);
            company.accept(course);
            isDone = true;
        }
        finally
        {
            if (!isDone)
            {
                course.end();
            }
        }

        return joined(report);
    }

    private static LoadReport joined(final CompletableFuture<LoadReport> report)
    {
        try
        {
            return report.join();
        }
        catch (final CompletionException ex)
        {
            if (ex.getCause() instanceof final LoadException failed)
            {
                throw failed;
            }

            throw ex;
        }
    }

    private static void awaitMeasuring(final RunCourse course, final CompletableFuture<LoadReport> report)
    {
        while (!course.isMeasuring() && !report.isDone())
        {
            LockSupport.parkNanos(POLL_NS);
        }
    }
}
