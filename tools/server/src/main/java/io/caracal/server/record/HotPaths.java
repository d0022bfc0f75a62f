/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The paths that most requests of the last minutes named, separately for reads and writes. Only a sample of the
 * requests is counted. Written by the scribe, read by any thread.
 * <p>
 * Counts are kept in time slots, and the oldest slot is dropped. Memory is bounded: the current slot has a limited
 * number of paths, and an earlier slot keeps only its most frequent ones. The more slots there are, the fewer paths
 * each keeps. All others are counted without their paths, and so are very long ones.
 */
public final class HotPaths
{
    /** Longest path, in characters, that is kept. */
    static final int PATH_LENGTH_MAX = 512;
    /** Maximum number of distinct paths in the current slot, for reads and for writes. */
    static final int PATHS_MAX = 10_000;
    /** Maximum number of distinct paths in all earlier slots together, for reads and for writes. */
    static final int KEPT_MAX = 60_000;
    /** Number of path elements that are logged, as in ZooKeeper. */
    static final int TOLD_DEPTH = 4;

    private static final Logger LOG = LoggerFactory.getLogger("io.caracal.paths");
    private static final double PERCENT = 100;

    private final PathSampling how;
    private final ArrayDeque<Slot> over = new ArrayDeque<>();
    private Slot present = new Slot(new PathCounts(), new PathCounts());
    private long slotEndNs;
    private long tellNs;

    /** A path, and how many of the sampled requests named it or, if it was cut, anything below it. */
    public record HotPath(String path, long count)
    {
    }

    /** The most frequent paths, most frequent first, and how many of the sampled requests named any path. */
    public record Ranking(List<HotPath> paths, long sampled)
    {
    }

    /** The counts of one time slot. Those of the current slot change. */
    private record Slot(PathCounts reads, PathCounts writes)
    {
        PathCounts counts(final boolean isWrite)
        {
            return isWrite ? writes : reads;
        }
    }

    /**
     * Creates an instance that has not counted anything.
     *
     * @param how   how paths are counted.
     * @param nowNs monotonic time.
     */
    HotPaths(final PathSampling how, final long nowNs)
    {
        this.how = how;
        slotEndNs = nowNs + how.slotNs();
        tellNs = nowNs + how.firstNs();
    }

    /** Counts a path named by a sampled request. Called by the scribe. */
    synchronized void add(final boolean isWrite, final String path)
    {
        final String kept = cut(path, how.depthMax());
        present.counts(isWrite).add(kept, kept.length() > PATH_LENGTH_MAX ? 0 : PATHS_MAX);
    }

    /** Returns a path shortened to at most the given number of elements. */
    static String cut(final String path, final int depth)
    {
        int end = 0;
        for (int i = 0; i < depth && end >= 0; i++)
        {
            end = path.indexOf('/', end + 1);
        }

        return end < 0 ? path : path.substring(0, end);
    }

    /** Begins new slots when they are due, and logs the rankings periodically. Called by the scribe. */
    void tick(final long nowNs)
    {
        if (how.isOn())
        {
            turn(nowNs);
            if (nowNs - tellNs >= 0)
            {
                tellNs = nowNs + how.tellNs();
                tell("read", false);
                tell("written", true);
            }
        }
    }

    private synchronized void turn(final long nowNs)
    {
        for (int i = 0; i < how.slotCount() && nowNs - slotEndNs >= 0; i++)
        {
            next();
            slotEndNs += how.slotNs();
        }
        if (nowNs - slotEndNs >= 0)
        {
            slotEndNs = nowNs + how.slotNs();
        }
    }

    private void next()
    {
        final int kept = Math.max(1, KEPT_MAX / how.slotCount());
        over.addLast(new Slot(present.reads().most(kept), present.writes().most(kept)));
        present = new Slot(new PathCounts(), new PathCounts());
        if (over.size() == how.slotCount())
        {
            over.removeFirst();
        }
    }

    private void tell(final String verb, final boolean isWrite)
    {
        final Ranking ranking = top(isWrite, TOLD_DEPTH);
        if (!ranking.paths().isEmpty())
        {
            LOG.info("{} most in the last {} s, of {} requests sampled ({} %):", verb, how.windowS(), ranking.sampled(),
                how.share() * PERCENT);
            ranking.paths().forEach(hot -> LOG.info("{} : {}", LogText.masked(hot.path()), hot.count()));
        }
    }

    /**
     * Returns the most frequent paths.
     *
     * @param isWrite true for writes and syncs, false for reads.
     * @param depth   number of path elements to keep; more than the depth with which paths were counted has no effect.
     * @return as many paths as are configured; equally frequent ones are sorted by name.
     */
    public Ranking top(final boolean isWrite, final int depth)
    {
        final PathCounts sum = new PathCounts();
        slots(isWrite).forEach(counts -> sum.addAll(counts, depth));

        return new Ranking(sum.ranked(how.topMax()), sum.total());
    }

    /**
     * Returns the slots to add up. Earlier ones no longer change, so only the current one is copied while the scribe
     * waits.
     */
    private synchronized List<PathCounts> slots(final boolean isWrite)
    {
        final List<PathCounts> slots = new ArrayList<>();
        over.forEach(slot -> slots.add(slot.counts(isWrite)));
        slots.add(present.counts(isWrite).copy());

        return slots;
    }

    /**
     * Returns how paths are counted.
     *
     * @return the settings.
     */
    public PathSampling how()
    {
        return how;
    }
}
