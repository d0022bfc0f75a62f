/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.port.Gauge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DutyCyclesTest
{
    private static final long US = 1_000;
    private static final long MS = 1_000_000;

    private final ServerMetrics metrics = ServerMetrics.unshared();
    private final DutyCycles cycles = new DutyCycles(metrics, this::look);
    private long nowNs = 5_000 * MS;
    private long processorNs = 70 * MS;
    private int looks;

    private long look()
    {
        looks++;
        return processorNs;
    }

    /** Runs a cycle of the loop that takes one time and uses the processor for another. */
    private void cycle(final long tookNs, final long computedNs)
    {
        final long startNs = nowNs;
        cycles.onBegun(startNs);
        nowNs += tookNs;
        if (processorNs != ThreadClock.UNKNOWN)
        {
            processorNs += computedNs;
        }
        cycles.onEnded(startNs, nowNs);
    }

    private long gauge(final Gauge gauge)
    {
        return new MetricsView(metrics).gauge(gauge);
    }

    @AfterEach
    void close()
    {
        metrics.close();
    }

    @Test
    void shouldTellALoopThatWaitedFromOneThatComputed()
    {
        cycle(9 * MS, 40 * US);
        cycle(3 * MS, 2 * MS);
        cycle(5 * MS, MS);

        assertEquals(9 * MS, gauge(Gauge.DUTY_CYCLE_MAX_NS));
        assertEquals(2 * MS, gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS));
    }

    @Test
    void shouldNotLookAgainForCyclesThatAreShort()
    {
        final int count = 1_000;
        for (int i = 0; i < count; i++)
        {
            cycle(DutyCycles.LOOK_NS / 100, DutyCycles.LOOK_NS / 100);
        }

        assertEquals(count / 100, looks);
        assertEquals(0, gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS));
    }

    @Test
    void shouldBeWrongByLessThanTheTimeBetweenTwoLooks()
    {
        cycle(DutyCycles.LOOK_NS - 1, DutyCycles.LOOK_NS - 1);
        cycle(4 * MS, MS);

        assertEquals(MS + DutyCycles.LOOK_NS - 1, gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS));
    }

    @Test
    void shouldNeverSayThatMoreWasComputedThanThereWasTime()
    {
        cycle(DutyCycles.LOOK_NS - 1, DutyCycles.LOOK_NS - 1);
        cycle(CountersSink.STALL_NS, CountersSink.STALL_NS);

        assertEquals(CountersSink.STALL_NS, gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS));
    }

    @Test
    void shouldMeasureFromTheMomentAtWhichTheProcessorsTimeIsKnown()
    {
        processorNs = ThreadClock.UNKNOWN;
        cycle(7 * MS, 7 * MS);
        processorNs = 400 * MS;
        cycle(100 * US, 100 * US);
        cycle(2 * MS, 3 * US);

        assertEquals(7 * MS, gauge(Gauge.DUTY_CYCLE_MAX_NS));
        assertEquals(103 * US, gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS));
    }

    @Test
    void shouldSayNothingOfAStallInWhichTheProcessorsTimeBecameKnown()
    {
        processorNs = ThreadClock.UNKNOWN;
        cycles.onBegun(nowNs);
        processorNs = 400 * MS;
        cycles.onEnded(nowNs, nowNs + 20 * MS);

        assertEquals(0, gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS));
    }

    @Test
    void shouldBeginAnewWhenTheFiguresAreReset()
    {
        cycle(9 * MS, 8 * MS);
        new MetricsView(metrics).reset();
        cycle(2 * MS, MS);

        assertEquals(2 * MS, gauge(Gauge.DUTY_CYCLE_MAX_NS));
        assertEquals(MS, gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS));
    }
}
