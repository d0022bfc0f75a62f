/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures for tests how much an operation allocates. */
public final class Allocation
{
    private static final int OPERATIONS = 20_000;
    private static final int WARM_UPS = 2;

    private Allocation()
    {
    }

    /** Returns the bytes that the current thread allocates per operation, once everything has grown to its size. */
    public static double perOperation(final Runnable operation)
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        long allocated = 0;

        for (int round = 0; round <= WARM_UPS; round++)
        {
            final long before = threads.getThreadAllocatedBytes(thread);

            for (int i = 0; i < OPERATIONS; i++)
            {
                operation.run();
            }

            allocated = threads.getThreadAllocatedBytes(thread) - before;
        }

        return (double)allocated / OPERATIONS;
    }
}
