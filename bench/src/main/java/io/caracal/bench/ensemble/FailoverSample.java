/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.caracal.bench.load.ProbeTimeline;

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

    Map<String, Object> json()
    {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("gapMs", ensembleGapMs());
        map.put("gapAtLeaderMs", gapAtLeaderMs());
        map.put("gapAtSurvivorsMs", gapAtSurvivorsMs());
        map.put("disconnectsAtSurvivors", disconnectsAtSurvivors());
        map.put("problems", problems());
        map.put("acknowledgedPerSlotOf10Ms", timelines.stream().map(this::slots).toList());
        map.put("slotsBeforeTrouble", SHOWN_BEFORE_NS / SLOT_NS);
        map.put("sessionAtLeader", leader);

        return map;
    }

    private List<Integer> slots(final ProbeTimeline timeline)
    {
        final long fromNs = beginNs - SHOWN_BEFORE_NS;
        final int[] counts = new int[(int)((endNs - fromNs) / SLOT_NS) + 1];
        timeline.acknowledged().filter(timeNs -> timeNs - fromNs >= 0 && timeNs - endNs <= 0)
            .forEach(timeNs -> counts[(int)((timeNs - fromNs) / SLOT_NS)]++);
        final List<Integer> slots = new ArrayList<>();
        for (final int count : counts)
        {
            slots.add(count);
        }

        return slots;
    }
}
