/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.agrona.collections.LongArrayList;

/** When the writes of one session were acknowledged, and what went wrong in between. Written by one thread. */
public final class ProbeTimeline
{
    private final LongArrayList acknowledgedNs = new LongArrayList();
    private final List<Problem> problems = new ArrayList<>();
    private final LongArrayList disconnectsNs = new LongArrayList();

    /**
     * Something that a client of the session would notice.
     *
     * @param timeNs {@link System#nanoTime}.
     * @param what   for people; the same text is the same kind.
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
     * When writes were acknowledged.
     *
     * @return {@link System#nanoTime}, ascending.
     */
    public LongStream acknowledged()
    {
        return acknowledgedNs.longStream();
    }

    /**
     * How often the connection broke or could not be made.
     *
     * @param sinceNs {@link System#nanoTime}; earlier ones do not count.
     * @param untilNs {@link System#nanoTime}; later ones do not count.
     * @return a number.
     */
    public int disconnects(final long sinceNs, final long untilNs)
    {
        return (int)disconnectsNs.longStream().filter(timeNs -> timeNs - sinceNs >= 0 && timeNs - untilNs <= 0)
            .count();
    }

    /**
     * What went wrong, by kind.
     *
     * @param sinceNs {@link System#nanoTime}; earlier problems do not count.
     * @param untilNs {@link System#nanoTime}; later problems do not count.
     * @return how often each text was noted.
     */
    public Map<String, Long> problems(final long sinceNs, final long untilNs)
    {
        final Map<String, Long> counts = new TreeMap<>();
        problems.stream().filter(problem -> problem.timeNs() - sinceNs >= 0 && problem.timeNs() - untilNs <= 0)
            .forEach(problem -> counts.merge(problem.what(), 1L, Long::sum));
        return counts;
    }

    /**
     * The longest time without an acknowledged write.
     *
     * @param acknowledged {@link System#nanoTime} of each, ascending.
     * @param fromNs       where to begin; the write before it counts.
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
