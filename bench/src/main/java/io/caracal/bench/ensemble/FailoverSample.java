/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.caracal.bench.load.ProbeTimeline;
import io.caracal.bench.report.Series;

/**
 * What sessions noticed of one change of leader. One session began at each server.
 *
 * @param timelines one for each session, in the order of the servers.
 * @param leader    index of the server that was in trouble.
 * @param beginNs   when the trouble began, as {@link System#nanoTime()}.
 * @param endNs     when the sessions were ended, as {@link System#nanoTime()}.
 */
record FailoverSample(List<ProbeTimeline> timelines, int leader, long beginNs, long endNs)
{
    private static final long SLOT_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SHOWN_BEFORE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Returns the longest time in which no session had a write acknowledged. */
    double ensembleGapMs()
    {
        return gapMs(timelines.stream().flatMapToLong(ProbeTimeline::acknowledged).sorted());
    }

    /** Returns the longest time without an acknowledged write for the session that began at the leader. */
    double gapAtLeaderMs()
    {
        return gapMs(timelines.get(leader).acknowledged());
    }

    /** Returns the longest such time among the other sessions. */
    double gapAtSurvivorsMs()
    {
        return survivors().stream().mapToDouble(each -> gapMs(each.acknowledged())).max().orElseThrow();
    }

    private double gapMs(final LongStream acknowledged)
    {
        return ProbeTimeline.longestGapNs(acknowledged, beginNs, endNs) / 1e6;
    }

    /** Returns how many connections of the sessions that began at other servers broke. */
    int disconnectsAtSurvivors()
    {
        return survivors().stream().mapToInt(each -> each.disconnects(beginNs, endNs)).sum();
    }

    private List<ProbeTimeline> survivors()
    {
        final List<ProbeTimeline> survivors = new ArrayList<>(timelines);
        survivors.remove(leader);

        return survivors;
    }

    /** Returns how often clients noticed each kind of problem. */
    Map<String, Long> problems()
    {
        final Map<String, Long> all = new TreeMap<>();
        timelines.forEach(
            each -> each.problems(beginNs, endNs).forEach((what, count) -> all.merge(what, count, Long::sum)));

        return all;
    }

    /**
     * Returns the acknowledged writes per second of all sessions together, in slots of 10 ms. Time zero is when the
     * trouble began.
     */
    List<Series.Point> course()
    {
        final long fromNs = beginNs - SHOWN_BEFORE_NS;
        final int[] counts = new int[(int)((endNs - fromNs) / SLOT_NS) + 1];
        timelines.stream().flatMapToLong(ProbeTimeline::acknowledged)
            .filter(timeNs -> timeNs - fromNs >= 0 && timeNs - endNs <= 0)
            .forEach(timeNs -> counts[(int)((timeNs - fromNs) / SLOT_NS)]++);
        final List<Series.Point> points = new ArrayList<>();
        for (int slot = 0; slot < counts.length - 1; slot++)
        {
            points.add(new Series.Point((slot * SLOT_NS - SHOWN_BEFORE_NS) / 1e6, counts[slot] * (1e9 / SLOT_NS)));
        }

        return points;
    }
}
