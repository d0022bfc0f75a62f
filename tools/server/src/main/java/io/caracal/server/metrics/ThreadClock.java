/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * The processor time of whichever thread asks. What tells it takes the JVM some 20 ms to set up, which a start can do
 * without: until {@link #setUp()}, and on a JVM that does not count it, the time is {@link #UNKNOWN}.
 */
public final class ThreadClock implements LongSupplier
{
    /** Stands for a time that cannot be told. */
    public static final long UNKNOWN = -1;

    private volatile ThreadMXBean threads;

    /** Sets up what tells the time; on a thread that may wait. */
    public void setUp()
    {
        final ThreadMXBean found = ManagementFactory.getThreadMXBean();
        threads = found.isCurrentThreadCpuTimeSupported() && found.isThreadCpuTimeEnabled() ? found : null;
    }

    @Override
    public long getAsLong()
    {
        final ThreadMXBean known = threads;
        return known == null ? UNKNOWN : known.getCurrentThreadCpuTime();
    }
}
