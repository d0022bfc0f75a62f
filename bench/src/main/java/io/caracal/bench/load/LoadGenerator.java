/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.caracal.engine.protocol.ErrorCode;

/**
 * Drives servers as a {@link LoadContext} says and reports the results. {@link #prepare()} creates the znodes;
 * {@link #run()} performs one run and may be called repeatedly. Both block. Not thread-safe.
 */
public final class LoadGenerator
{
    private static final long FILL_TIMEOUT_MS = 3_600_000;

    /** Longest time without a reply while znodes are created. Longer than any pause that a server recovers from. */
    private static final long FILL_SILENCE_MS = 60_000;
    private static final int FILL_CONNECTIONS_MAX = 8;
    private static final int FILL_IN_FLIGHT = 128;
    private static final long PROGRESS_MS = 1_000;
    private static final long PROGRESS_NS = TimeUnit.MILLISECONDS.toNanos(PROGRESS_MS);

    private final LoadContext context;
    private final ProgressHandler progress;
    private final KeySpace space;
    private final KeyDistribution keys;
    private long runs;

    /**
     * Creates a generator for one context.
     *
     * @param context  configuration; concluded here.
     * @param progress called about once a second, by the thread that runs the load.
     * @throws IllegalArgumentException when the context has an invalid value.
     */
    public LoadGenerator(final LoadContext context, final ProgressHandler progress)
    {
        this.context = context.conclude();
        this.progress = progress;
        space = new KeySpace(context.root(), context.keyCount());
        keys = KeyDistribution.parse(context.keys(), context.keyCount());
    }

    /**
     * Creates those znodes that the operations work on and that do not exist yet.
     *
     * @return number of keys that existed. Their payload may have another length than that of the context.
     * @throws LoadException when one of them could not be created.
     */
    public long prepare()
    {
        long existed = 0;
        for (final FillSource.Generation generation : FillSource.Generation.values())
        {
            final long count = generation.count(space);
            final boolean base = generation == FillSource.Generation.BASE;
            final LoadContext fill = new LoadContext()
                .servers(context.servers())
                .connections(base ? 1 : Math.min(FILL_CONNECTIONS_MAX, context.connections()))
                .inFlight(base ? 1 : FILL_IN_FLIGHT)
                .mix(OperationMix.only(Operation.FILL))
                .payloadLength(context.payloadLength())
                .operations(count)
                .durationMs(FILL_TIMEOUT_MS)
                .sessionTimeoutMs(context.sessionTimeoutMs())
                .connectTimeoutMs(context.connectTimeoutMs())
                .drainTimeoutMs(context.drainTimeoutMs())
                .silenceTimeoutMs(Math.min(FILL_SILENCE_MS, context.silenceTimeoutMs()))
                .conclude();
            final LoadReport report = run(fill, new RunCourse(fill.threads()), "filling " + context.root(),
                encoder -> new FillSource(encoder, generation));
            checkFill(report, count);
            existed = report.errors().getOrDefault(ErrorCode.NODE_EXISTS, 0L);
        }

        // The keys are the last generation.
        return existed;
    }

    private static void checkFill(final LoadReport report, final long count)
    {
        final boolean refused = report.errors().keySet().stream().anyMatch(code -> code != ErrorCode.NODE_EXISTS);
        if (refused || report.answered() != count)
        {
            throw new LoadException("of " + count + " znodes " + report.answered() + " were answered, errors by code " +
                report.errors());
        }
    }

    /**
     * Performs one run: connects, warms up, measures, waits for what is in flight, and closes the sessions.
     *
     * @return what was measured.
     * @throws LoadException when not all sessions could be opened, a thread got no reply for too long, or this thread
     *                       was interrupted; nothing of the run goes on then.
     */
    public LoadReport run()
    {
        return run(course());
    }

    /**
     * Creates the course of one future run.
     *
     * @return the argument for one call of {@link #run(RunCourse)}.
     */
    public RunCourse course()
    {
        return new RunCourse(context.threads());
    }

    /**
     * As {@link #run()}, but other threads can follow and end the run.
     *
     * @param course from {@link #course()}, not used before.
     * @return what was measured.
     * @throws LoadException when not all sessions could be opened, a thread got no reply for too long, or this thread
     *                       was interrupted; nothing of the run goes on then.
     */
    public LoadReport run(final RunCourse course)
    {
        final SplittableRandom random = new SplittableRandom(context.seed() + runs++);
        return run(context, course, "load", encoder -> new MixSource(encoder, context.mix(), keys, random.split()));
    }

    private LoadReport run(
        final LoadContext how, final RunCourse course, final String what,
        final Function<RequestEncoder, RequestSource> sources)
    {
        final List<LoadAgent> agents = agents(how, course, sources);
        final Failures failures = new Failures();
        try (LoadThreads threads = new LoadThreads(agents, course))
        {
            awaitAll(threads.start(failures), agents, what);
        }
        failures.rethrow();
        return report(agents);
    }

    private List<LoadAgent> agents(
        final LoadContext how, final RunCourse course, final Function<RequestEncoder, RequestSource> sources)
    {
        final int count = how.threads();
        final double intervalNs = how.ratePerSecond() == 0 ? 0 : 1e9 * count / how.ratePerSecond();
        final List<LoadAgent> agents = new ArrayList<>();
        int firstConnection = 0;
        try
        {
            for (int i = 0; i < count; i++)
            {
                final LoadAgent.Share share = new LoadAgent.Share((int)share(how.connections(), count, i),
                    firstConnection, share(how.operations(), count, i));
                final RequestEncoder encoder = new RequestEncoder(space, how.payloadLength(), context.seed());
                agents.add(new LoadAgent(how, share, encoder, sources.apply(encoder), new LatencyRecorder(how.mix()),
                    new Pace(intervalNs), course));
                firstConnection += share.connections();
            }
        }
        catch (final IOException ex)
        {
            agents.forEach(LoadAgent::close);
            throw new UncheckedIOException(ex);
        }

        return agents;
    }

    private static long share(final long whole, final int parts, final int part)
    {
        return whole / parts + (part < whole % parts ? 1 : 0);
    }

    private void awaitAll(final List<Thread> threads, final List<LoadAgent> agents, final String what)
    {
        long answered = 0;
        long timeNs = System.nanoTime();
        try
        {
            for (final Thread thread : threads)
            {
                thread.join(PROGRESS_MS);
                // Progress that became due while this thread stood still is reported as well.
                while (thread.isAlive() || System.nanoTime() - timeNs >= PROGRESS_NS)
                {
                    final long nowNs = System.nanoTime();
                    final long now = agents.stream().mapToLong(LoadAgent::progress).sum();
                    progress.onProgress(now == 0 ? what + ": " + agents.get(0).lastProblem() : what, now, (now -
                        answered) * 1e9 / (nowNs - timeNs));
                    answered = now;
                    timeNs = nowNs;
                    thread.join(PROGRESS_MS);
                }
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted");
        }
    }

    private LoadReport report(final List<LoadAgent> agents)
    {
        final AgentTotals totals = new AgentTotals();
        final LatencyRecorder recorder = agents.get(0).recorder();
        for (final LoadAgent agent : agents)
        {
            totals.addAll(agent.totals());
            if (agent != agents.get(0))
            {
                recorder.addAll(agent.recorder());
            }
        }
        if (totals.failure != null)
        {
            throw new LoadException(totals.failure);
        }

        return new LoadReport(recorder, totals, totals.elapsedNs());
    }
}
