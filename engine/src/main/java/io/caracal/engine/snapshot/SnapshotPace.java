/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import java.util.concurrent.TimeUnit;

/**
 * Limits the speed of a walk by a budget of bytes. The budget grows with time, up to a burst; before-images use it up
 * as well. A snapshot is in no hurry, but it shares disk and processors with writes: at full speed, a tree of a million
 * znodes would keep both busy for a quarter of a second.
 */
public final class SnapshotPace
{
    /** Bytes that may be written at once at the beginning or after a pause. A smaller tree is never held up. */
    public static final long BURST_BYTES = 512 * 1024;

    /** The walk waits until the budget is this large, so that its thread is not woken for every record. */
    static final long QUANTUM_BYTES = 64 * 1024;

    /** Most missing bytes that count for {@link #nextNs}, so that its numbers do not overflow at any pace. */
    private static final long MISSING_MAX = SnapshotSettings.BYTES_PER_SECOND_MAX;

    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private long bytesPerSecond;
    private long budget;
    private long lastNs;

    /**
     * Creates a pace that has not begun.
     *
     * @param bytesPerSecond 0 for no limit.
     */
    public SnapshotPace(final long bytesPerSecond)
    {
        this.bytesPerSecond = bytesPerSecond;
    }

    /**
     * An operator changed the pace. Affects a walk that is under way, too.
     *
     * @param newBytesPerSecond 0 for no limit.
     */
    public void bytesPerSecond(final long newBytesPerSecond)
    {
        bytesPerSecond = newBytesPerSecond;
    }

    /**
     * A walk begins.
     *
     * @param nowNs monotonic time.
     */
    public void begin(final long nowNs)
    {
        budget = BURST_BYTES;
        lastNs = nowNs;
    }

    /**
     * Lets the budget grow with the time that has passed.
     *
     * @param nowNs monotonic time.
     */
    public void advance(final long nowNs)
    {
        if (nowNs - lastNs >= NS_PER_SECOND)
        {
            lastNs = nowNs - NS_PER_SECOND;
        }

        // Duty cycles are short, so only time that amounts to whole bytes is used up. The rest counts at the next call.
        final long grown = (nowNs - lastNs) * bytesPerSecond / NS_PER_SECOND;
        if (grown > 0)
        {
            lastNs += (grown * NS_PER_SECOND + bytesPerSecond - 1) / bytesPerSecond;
            budget = Math.min(BURST_BYTES, budget + grown);
        }
    }

    /**
     * Bytes were written. Without a limit they use up nothing: when a limit is set later, it begins with what is left.
     *
     * @param bytes of records.
     */
    public void spend(final long bytes)
    {
        if (bytesPerSecond != 0)
        {
            budget -= bytes;
        }
    }

    /**
     * Whether the walk may go on.
     *
     * @return false when it has to wait until {@link #nextNs}.
     */
    public boolean isOpen()
    {
        return bytesPerSecond == 0 || budget >= QUANTUM_BYTES;
    }

    /**
     * The budget of the next slice in bytes.
     *
     * @return at least one quantum while the pace {@link #isOpen}.
     */
    public long budget()
    {
        return bytesPerSecond == 0 ? Long.MAX_VALUE : budget;
    }

    /**
     * The time at which the walk may go on. When before-images have used up a very large budget, it is an earlier time,
     * a second away or more.
     *
     * @return monotonic time; in the past when the walk may go on at once.
     */
    public long nextNs()
    {
        final long missing = Math.min(MISSING_MAX, QUANTUM_BYTES - budget);

        return isOpen() ? lastNs : lastNs + missing * NS_PER_SECOND / bytesPerSecond + 1;
    }
}
