/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class ProbeTimelineTest
{
    @Test
    void shouldMeasureFromTheLastWriteBeforeTheTrouble()
    {
        assertEquals(50, ProbeTimeline.longestGapNs(LongStream.of(10, 20, 70, 80), 30, 90));
    }

    @Test
    void shouldNotMeasureWhatWasBeforeOrAfter()
    {
        assertEquals(10, ProbeTimeline.longestGapNs(LongStream.of(10, 500, 510, 520, 900), 505, 521));
    }

    @Test
    void shouldCountTheEndAsAWriteAndNoWriteAtAllAsOneGap()
    {
        assertEquals(70, ProbeTimeline.longestGapNs(LongStream.of(10, 30), 20, 100));
        assertEquals(80, ProbeTimeline.longestGapNs(LongStream.empty(), 20, 100));
    }

    @Test
    void shouldMeasureAcrossTheOverflowOfTheClock()
    {
        final long before = Long.parseLong("9223372036854775797");
        assertEquals(30, ProbeTimeline.longestGapNs(LongStream.of(before, before + 30), before + 1, before + 31));
    }

    @Test
    void shouldCountProblemsByKindWithinTheTime()
    {
        final ProbeTimeline timeline = new ProbeTimeline();
        timeline.onDisconnect(1, "reset");
        timeline.onDisconnect(5, "reset");
        timeline.onDisconnect(6, "reset");
        timeline.onProblem(6, "error -4");
        timeline.onProblem(9, "error -4");

        assertEquals(Map.of("reset", 2L, "error -4", 1L), timeline.problems(5, 8));
        assertEquals(2, timeline.disconnects(5, 8));
    }
}
