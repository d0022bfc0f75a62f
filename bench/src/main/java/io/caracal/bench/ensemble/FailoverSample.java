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
 * What the sessions saw of one change of leader, one session begun at each server.
 *
 * @param timelines of the sessions, in the order of the servers.
 * @param leader    index of the server that was in trouble.
 * @param beginNs   when trouble began.
 * @param endNs     when the sessions were ended.
 */
record FailoverSample(List<ProbeTimeline> timelines, int leader, long beginNs, long endNs)
{
    private static final long SLOT_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SHOWN_BEFORE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** The longest time in which nobody's write was acknowledged. */
    double ensembleGapMs()
    {
        return gapMs(timelines.stream().flatMapToLong(ProbeTimeline::acknowledged).sorted());
    }

    /** The longest time without an acknowledged write of the session that was connected to the leader. */
    double gapAtLeaderMs()
    {
        return gapMs(timelines.get(leader).acknowledged());
    }

    /** The same of the others; the longest of them. */
    double gapAtSurvivorsMs()
    {
        return survivors().stream().mapToDouble(each -> gapMs(each.acknowledged())).max().orElseThrow();
    }

    private double gapMs(final LongStream acknowledged)
    {
        return ProbeTimeline.longestGapNs(acknowledged, beginNs, endNs) / 1e6;
    }

    /** How many connections to other servers broke. */
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

    /** What clients noticed, by kind. */
    Map<String, Long> problems()
    {
        final Map<String, Long> all = new TreeMap<>();
        timelines.forEach(each -> each.problems(beginNs, endNs).forEach(
            (what, count) -> all.merge(what, count, Long::sum)));

        return all;
    }

    /** Acknowledged writes of all sessions together a second, in slots of 10 ms; zero is when trouble began. */
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
