/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Checks for tests that nothing is allocated on the heap in steady state. */
public final class Allocation
{
    private static final int OPERATIONS = 20_000;
    private static final double BYTES_PER_OPERATION_MAX = 0.1;

    /** Many, because compilers that have to wait for a core take longer. */
    private static final int ROUNDS_MAX = 20;

    private Allocation()
    {
    }

    /** Asserts as {@link #assertNone(int, Runnable)} does, with rounds of many operations. */
    public static void assertNone(final Runnable operation)
    {
        assertNone(OPERATIONS, () ->
        {
            for (int i = 0; i < OPERATIONS; i++)
            {
                operation.run();
            }
        });
    }

    /**
     * Asserts that the current thread allocates nothing per operation. Steady state begins when everything has grown to
     * its size and the compilers are done. An allocation per operation would show in every round.
     */
    public static void assertNone(final int operations, final Runnable round)
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        double perOperation = Double.MAX_VALUE;

        for (int i = 0; i < ROUNDS_MAX && perOperation >= BYTES_PER_OPERATION_MAX; i++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            round.run();
            perOperation = (double)(threads.getCurrentThreadAllocatedBytes() - before) / operations;
        }

        assertTrue(perOperation < BYTES_PER_OPERATION_MAX, perOperation + " bytes an operation");
    }
}
