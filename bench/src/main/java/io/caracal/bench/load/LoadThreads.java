/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import io.caracal.transport.PatientJoin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads of one run, one for each agent. Once they are closed, nothing of the run goes on, however it ended. */
final class LoadThreads implements AutoCloseable
{
    /** More than an agent that is told to end takes, which ends its sessions before. */
    private static final long END_MS = TimeUnit.SECONDS.toMillis(30);

    private final List<Thread> threads = new ArrayList<>();
    private final List<LoadAgent> agents;
    private final RunCourse course;

    LoadThreads(final List<LoadAgent> agents, final RunCourse course)
    {
        this.agents = agents;
        this.course = course;
    }

    /** Starts the threads, which end by themselves when the run is over. Failures are given to the handler. */
    List<Thread> start(final Thread.UncaughtExceptionHandler failures)
    {
        for (final LoadAgent agent : agents)
        {
            final Thread thread = new Thread(agent, "load-" + threads.size());
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(failures);
            thread.start();
            threads.add(thread);
        }

        return threads;
    }

    /** Ends the run if it is not over, and waits for that. Holds back an interrupt of the calling thread meanwhile. */
    @Override
    public void close()
    {
        course.abandon();
        boolean isInterrupted = false;
        for (final Thread thread : threads)
        {
            isInterrupted |= PatientJoin.join(thread, END_MS);
        }
        // Each thread has closed its own agent. What is left are those whose threads were never started.
        agents.subList(threads.size(), agents.size()).forEach(LoadAgent::close);
        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
    }
}
