/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.engine.port.Gauge;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Measures how long the loop's duty cycles take, and how much of that time the loop spent computing. The rest of a long
 * duty cycle is not the loop's fault: it waited for a processor, for a page of memory, or for the end of a pause of the
 * JVM. Owned by the engine's thread.
 * <p>
 * Reading the processor time costs as much as a small request. So it is read at most once every {@link #LOOK_NS}, and
 * at the end of each stall. The computing time of a stall is the difference of two readings. It may be too high, by
 * what the loop computed between the earlier reading and the stall, but never too low.
 */
final class DutyCycles
{
    /** Shortest time between two regular readings, and so the largest error of a stall's computing time. */
    static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final ServerMetrics metrics;
    private final LongSupplier processorNs;
    private boolean hasLooked;
    private long lookNs;
    private long lookProcessorNs;

    /**
     * Creates an instance that has not measured anything.
     *
     * @param metrics     receives the figures.
     * @param processorNs processor time of the calling thread in nanoseconds; {@link ThreadClock#UNKNOWN} while it is
     *                    not available.
     */
    DutyCycles(final ServerMetrics metrics, final LongSupplier processorNs)
    {
        this.metrics = metrics;
        this.processorNs = processorNs;
    }

    void onBegun(final long startNs)
    {
        if (!hasLooked || startNs - lookNs >= LOOK_NS)
        {
            look(startNs);
        }
    }

    void onEnded(final long startNs, final long endNs)
    {
        final long tookNs = endNs - startNs;
        if (tookNs >= CountersSink.STALL_NS)
        {
            metrics.stalls().record(tookNs);
            metrics.vital(Vital.LOOP_STALLS).getAndAddRelease(1);
            onStall(tookNs, endNs);
        }
        raise(Gauge.DUTY_CYCLE_MAX_NS, tookNs);
    }

    private void onStall(final long tookNs, final long endNs)
    {
        final boolean hadLooked = hasLooked;
        final long beforeNs = lookProcessorNs;
        look(endNs);
        if (hadLooked && hasLooked)
        {
            raise(Gauge.DUTY_CYCLE_CPU_MAX_NS, Math.min(tookNs, lookProcessorNs - beforeNs));
        }
    }

    private void look(final long nowNs)
    {
        lookNs = nowNs;
        lookProcessorNs = processorNs.getAsLong();
        hasLooked = lookProcessorNs != ThreadClock.UNKNOWN;
    }

    private void raise(final Gauge gauge, final long valueNs)
    {
        final AtomicCounter longest = metrics.gauge(gauge);
        if (valueNs > longest.getPlain())
        {
            longest.setRelease(valueNs);
        }
    }
}
