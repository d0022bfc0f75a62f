/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * The processor time of the calling thread. The JVM takes some 20 ms to set up the bean that reports it, and a start
 * should not wait for that. Before {@link #setUp()}, and on a JVM that does not measure it, the time is
 * {@link #UNKNOWN}.
 */
public final class ThreadClock implements LongSupplier
{
    /** Stands for a time that is not available. */
    public static final long UNKNOWN = -1;

    private volatile ThreadMXBean threads;

    /** Sets up the bean that reports the time. Call it on a thread that may wait. */
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
