/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The paths that most requests of the latest minutes name, reads and writes apart. Only a sample is counted. Written by
 * the scribe, read by any thread.
 * <p>
 * Counts are kept in slots of time, the oldest of which are forgotten. Memory is bounded: the present slot has a
 * bounded number of paths, and of an earlier one only those are kept that were named most; the more slots there are,
 * the fewer. All others are counted without their paths.
 */
public final class HotPaths
{
    /** Distinct paths of the present slot, for reads and for writes. */
    static final int PATHS_MAX = 10_000;
    /** Distinct paths of all slots that are over, for reads and for writes. */
    static final int KEPT_MAX = 60_000;
    /** As much of a path as the log tells; ZooKeeper tells the same. */
    static final int TOLD_DEPTH = 4;

    private static final Logger LOG = LoggerFactory.getLogger("io.caracal.paths");
    private static final double PERCENT = 100;

    private final PathSampling how;
    private final ArrayDeque<Slot> over = new ArrayDeque<>();
    private Slot present = new Slot(new PathCounts(), new PathCounts());
    private long slotEndNs;
    private long tellNs;

    /** One path, and how many of the sampled requests named it or what lies below where it was cut. */
    public record HotPath(String path, long count)
    {
    }

    /** What most requests named, most first, and how many of the sampled requests named any path. */
    public record Ranking(List<HotPath> paths, long sampled)
    {
    }

    /** The counts of some seconds; those of the present change. */
    private record Slot(PathCounts reads, PathCounts writes)
    {
        PathCounts counts(final boolean isWrite)
        {
            return isWrite ? writes : reads;
        }
    }

    /**
     * None counted yet.
     *
     * @param how   they are counted.
     * @param nowNs monotonic.
     */
    HotPaths(final PathSampling how, final long nowNs)
    {
        this.how = how;
        slotEndNs = nowNs + how.slotNs();
        tellNs = nowNs + how.firstNs();
    }

    /** A sampled request named a path. The scribe. */
    synchronized void add(final boolean isWrite, final String path)
    {
        present.counts(isWrite).add(cut(path, how.depthMax()), PATHS_MAX);
    }

    /** The path without what is deeper than so many names. */
    static String cut(final String path, final int depth)
    {
        int end = 0;
        for (int i = 0; i < depth && end >= 0; i++)
        {
            end = path.indexOf('/', end + 1);
        }

        return end < 0 ? path : path.substring(0, end);
    }

    /** Begins slots that are due, and tells the log now and then. The scribe. */
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
     * What most requests named.
     *
     * @param isWrite whether of writes and syncs; otherwise of reads.
     * @param depth   paths are cut behind so many names, and behind so many as they were counted with.
     * @return as many as are told, equally frequent ones by name.
     */
    public Ranking top(final boolean isWrite, final int depth)
    {
        final PathCounts sum = new PathCounts();
        slots(isWrite).forEach(counts -> sum.addAll(counts, depth));

        return new Ranking(sum.ranked(how.topMax()), sum.total());
    }

    /** The slots to add up. Earlier ones change no more, so only the present one is copied while the scribe waits. */
    private synchronized List<PathCounts> slots(final boolean isWrite)
    {
        final List<PathCounts> slots = new ArrayList<>();
        over.forEach(slot -> slots.add(slot.counts(isWrite)));
        slots.add(present.counts(isWrite).copy());

        return slots;
    }

    /**
     * How paths are counted.
     *
     * @return as given.
     */
    public PathSampling how()
    {
        return how;
    }
}
