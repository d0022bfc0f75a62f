/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.caracal.bench.load.LoadContext;
import io.caracal.bench.load.LoadGenerator;
import io.caracal.bench.load.ProbeTimeline;
import io.caracal.bench.load.ProgressHandler;
import io.caracal.bench.load.WriteProbes;

/**
 * Measures what clients notice when a leader fails. One session that began at each server writes all the time, the
 * leader gets into trouble, and the longest time without an acknowledged write is taken. Then the server comes back,
 * and it is the next leader's turn.
 *
 * @param trouble of the leader.
 */
record FailoverShape(Trouble trouble) implements EnsembleShape
{
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long REPLIES_BEFORE = 200;
    private static final long REPLIES_AFTER = 100;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long AFTERMATH_NS = TimeUnit.MILLISECONDS.toNanos(300);

    @Override
    public String name()
    {
        return trouble.shape();
    }

    @Override
    public String description(final EnsembleSettings settings)
    {
        return trouble.description() + "; one session begun at each server writes all the time, 1 ms after each reply";
    }

    @Override
    public String typed(final EnsembleSettings settings)
    {
        return " --kills " + settings.changes() + " --silence " + settings.silenceMs();
    }

    @Override
    public void measure(final List<LocalEnsemble> ensembles, final EnsembleRun run)
    {
        ensembles.forEach(FailoverShape::prepare);
        final Map<String, List<FailoverSample>> samples = new LinkedHashMap<>();
        for (int turn = 1; turn <= run.settings().changes(); turn++)
        {
            for (final LocalEnsemble ensemble : ensembles)
            {
                final FailoverSample sample = sample(ensemble, run.settings().silenceMs());
                add(ensemble.server(), sample, run);
                samples.computeIfAbsent(ensemble.server(), ignored -> new ArrayList<>()).add(sample);
                run.progress().accept(String.format(Locale.ROOT,
                    "%s %d of %d, %s: %.0f ms, %.0f for the session at the leader, %.0f at survivors; %s", name(), turn,
                    run.settings().changes(), ensemble.server(), sample.ensembleGapMs(), sample.gapAtLeaderMs(),
                    sample.gapAtSurvivorsMs(), sample.problems()));
            }
        }
        samples.forEach((server, some) -> conclude(server, some, run));
    }

    private static void prepare(final LocalEnsemble ensemble)
    {
        new LoadGenerator(new LoadContext().servers(ensemble.addresses()).connections(1).keyCount(ensemble.size()),
            ProgressHandler.NONE).prepare();
    }

    private FailoverSample sample(final LocalEnsemble ensemble, final long silenceMs)
    {
        final int leader = ensemble.awaitWhole();
        // A server that has just started still compiles its code, which would be measured as well.
        LockSupport.parkNanos(SETTLE_NS);
        final FailoverSample sample;
        try (WriteProbes probes =
            new WriteProbes(ensemble.addresses(), PAUSE_NS, TimeUnit.MILLISECONDS.toNanos(silenceMs)))
        {
            require(probes.awaitReplies(REPLIES_BEFORE, TIMEOUT_NS), ensemble, "before the trouble");
            probes.hasten(leader);
            final long beginNs = System.nanoTime();
            trouble.begin(ensemble, leader);
            require(probes.awaitReplies(REPLIES_AFTER, TIMEOUT_NS), ensemble, "after the trouble");
            LockSupport.parkNanos(AFTERMATH_NS);
            final long endNs = System.nanoTime();
            final List<ProbeTimeline> timelines = probes.stop();
            sample = new FailoverSample(timelines, leader, beginNs, endNs);
        }
        finally
        {
            trouble.end(ensemble, leader);
        }

        return sample;
    }

    private void require(final boolean isMet, final LocalEnsemble ensemble, final String when)
    {
        if (!isMet)
        {
            throw new IllegalStateException("not every session writes " + when + ": " + name() + ", " +
                ensemble.server());
        }
    }

    private void add(final String server, final FailoverSample sample, final EnsembleRun run)
    {
        run.add(this, "gap", server, "ms", sample.ensembleGapMs());
        run.add(this, "gap-at-leader", server, "ms", sample.gapAtLeaderMs());
        run.add(this, "gap-elsewhere", server, "ms", sample.gapAtSurvivorsMs());
        run.add(this, "broken-links", server, "", sample.disconnectsAtSurvivors());
    }

    /**
     * Adds the figures of all changes together, and the course of the change with the median gap and of the one with
     * the longest.
     */
    private void conclude(final String server, final List<FailoverSample> samples, final EnsembleRun run)
    {
        final List<FailoverSample> byGap =
            samples.stream().sorted(Comparator.comparingDouble(FailoverSample::ensembleGapMs)).toList();
        final FailoverSample longest = byGap.get(byGap.size() - 1);
        run.add(this, "gap-longest", server, "ms", longest.ensembleGapMs());
        run.add(this, "broken-links-in-all", server, "",
            samples.stream().mapToInt(FailoverSample::disconnectsAtSurvivors).sum());
        course("median gap", server, byGap.get((byGap.size() - 1) / 2), run);
        course("longest gap", server, longest, run);

        final Map<String, Long> problems = new TreeMap<>();
        samples.forEach(sample -> sample.problems().forEach((what, count) -> problems.merge(what, count, Long::sum)));
        run.note(this, server + ": what clients noticed in " + samples.size() + " changes: " + (problems.isEmpty() ?
            "nothing" : problems));
    }

    private void course(final String which, final String server, final FailoverSample sample, final EnsembleRun run)
    {
        run.addSeries(this, "acknowledged writes around the change with the " + which, server,
            "since the trouble began (ms)", "writes (/s)", sample.course());
    }
}
