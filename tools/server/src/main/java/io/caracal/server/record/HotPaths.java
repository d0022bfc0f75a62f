/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.MutableLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The paths that most requests name, reads and writes apart, of the latest minutes: who is noisy. Only a sample is
 * counted. Written by the scribe, read by any thread.
 * <p>
 * Counts are kept in slots of time, the oldest of which are forgotten, and of a slot for so many paths: what comes on
 * top is counted without its path.
 */
public final class HotPaths
{
    /** Distinct paths of a slot, for reads and for writes. */
    static final int PATHS_MAX = 10_000;
    /** As much of a path as the log tells; ZooKeeper tells the same. */
    static final int TOLD_DEPTH = 4;

    private static final Logger LOG = LoggerFactory.getLogger("io.caracal.paths");
    private static final double PERCENT = 100;

    private final PathSampling how;
    private final ArrayDeque<Slot> slots = new ArrayDeque<>();
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

    /** The counts of some seconds. */
    private static final class Slot
    {
        final Map<String, MutableLong> reads = new HashMap<>();
        final Map<String, MutableLong> writes = new HashMap<>();
        long readCount;
        long writeCount;

        Map<String, MutableLong> counts(final boolean isWrite)
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
        slots.addLast(new Slot());
        slotEndNs = nowNs + how.slotNs();
        tellNs = nowNs + how.firstNs();
    }

    /** A sampled request named a path. The scribe. */
    synchronized void add(final boolean isWrite, final String path)
    {
        final Slot slot = slots.getLast();
        if (isWrite)
        {
            slot.writeCount++;
        }
        else
        {
            slot.readCount++;
        }

        final Map<String, MutableLong> counts = slot.counts(isWrite);
        final String key = cut(path, how.depthMax());
        final MutableLong count = counts.get(key);
        if (count != null)
        {
            count.increment();
        }
        else if (counts.size() < PATHS_MAX)
        {
            counts.put(key, new MutableLong(1));
        }
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
            slots.addLast(new Slot());
            slotEndNs += how.slotNs();
        }
        if (nowNs - slotEndNs >= 0)
        {
            slotEndNs = nowNs + how.slotNs();
        }
        while (slots.size() > how.slotCount())
        {
            slots.removeFirst();
        }
    }

    private void tell(final String verb, final boolean isWrite)
    {
        final Ranking ranking = top(isWrite, TOLD_DEPTH);
        if (!ranking.paths().isEmpty())
        {
            LOG.info("{} most in the last {} s, of {} requests sampled ({} %):", verb, TimeUnit.NANOSECONDS.toSeconds(
                how.slotNs() * how.slotCount()), ranking.sampled(), how.share() * PERCENT);
            ranking.paths().forEach(hot -> LOG.info("{} : {}", hot.path(), hot.count()));
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
        final Map<String, MutableLong> sums = new HashMap<>();
        final long sampled = sum(isWrite, depth, sums);

        return new Ranking(sums.entrySet().stream().map(entry -> new HotPath(entry.getKey(), entry.getValue().get()))
            .sorted(Comparator.comparingLong(HotPath::count).reversed().thenComparing(HotPath::path))
            .limit(how.topMax()).toList(), sampled);
    }

    private synchronized long sum(final boolean isWrite, final int depth, final Map<String, MutableLong> sums)
    {
        long sampled = 0;
        for (final Slot slot : slots)
        {
            slot.counts(isWrite).forEach((path, count) -> sums.computeIfAbsent(cut(path, depth),
                ignored -> new MutableLong()).addAndGet(count.get()));
            sampled += isWrite ? slot.writeCount : slot.readCount;
        }

        return sampled;
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
