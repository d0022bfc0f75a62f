/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.agrona.collections.LongArrayList;

/** Records when the writes of one session were acknowledged, and what went wrong in between. Written by one thread. */
public final class ProbeTimeline
{
    private final LongArrayList acknowledgedNs = new LongArrayList();
    private final List<Problem> problems = new ArrayList<>();
    private final LongArrayList disconnectsNs = new LongArrayList();

    /**
     * A problem that a client of the session would notice.
     *
     * @param timeNs {@link System#nanoTime}.
     * @param what   description for people; the same text means the same kind of problem.
     */
    public record Problem(long timeNs, String what)
    {
    }

    void onAcknowledged(final long timeNs)
    {
        acknowledgedNs.addLong(timeNs);
    }

    long count()
    {
        return acknowledgedNs.size();
    }

    void onProblem(final long timeNs, final String what)
    {
        problems.add(new Problem(timeNs, what));
    }

    void onDisconnect(final long timeNs, final String reason)
    {
        disconnectsNs.addLong(timeNs);
        problems.add(new Problem(timeNs, reason));
    }

    /**
     * Returns when writes were acknowledged.
     *
     * @return {@link System#nanoTime}, ascending.
     */
    public LongStream acknowledged()
    {
        return acknowledgedNs.longStream();
    }

    /**
     * Counts how often a connection over which the session had been opened or taken up broke. What kept it from being
     * taken up elsewhere is a problem and not counted here: somebody who asks more often would seem to lose more.
     *
     * @param sinceNs {@link System#nanoTime}; earlier ones do not count.
     * @param untilNs {@link System#nanoTime}; later ones do not count.
     * @return a count.
     */
    public int disconnects(final long sinceNs, final long untilNs)
    {
        return (int)disconnectsNs.longStream().filter(timeNs -> timeNs - sinceNs >= 0 && timeNs - untilNs <= 0)
            .count();
    }

    /**
     * Counts the problems by kind.
     *
     * @param sinceNs {@link System#nanoTime}; earlier problems do not count.
     * @param untilNs {@link System#nanoTime}; later problems do not count.
     * @return counts by description.
     */
    public Map<String, Long> problems(final long sinceNs, final long untilNs)
    {
        final Map<String, Long> counts = new TreeMap<>();
        problems.stream().filter(problem -> problem.timeNs() - sinceNs >= 0 && problem.timeNs() - untilNs <= 0)
            .forEach(problem -> counts.merge(problem.what(), 1L, Long::sum));
        return counts;
    }

    /**
     * Returns the longest time without an acknowledged write.
     *
     * @param acknowledged {@link System#nanoTime} of each write, ascending.
     * @param fromNs       where to begin; the last write before it counts as the start of a gap.
     * @param toNs         where to end; counts as a write.
     * @return nanoseconds.
     */
    public static long longestGapNs(final LongStream acknowledged, final long fromNs, final long toNs)
    {
        long longestNs = 0;
        long lastNs = fromNs;
        for (final long timeNs : acknowledged.toArray())
        {
            if (timeNs - fromNs > 0 && timeNs - toNs <= 0)
            {
                longestNs = Math.max(longestNs, timeNs - lastNs);
            }
            if (timeNs - toNs <= 0)
            {
                lastNs = timeNs;
            }
        }

        return Math.max(longestNs, toNs - lastNs);
    }
}
