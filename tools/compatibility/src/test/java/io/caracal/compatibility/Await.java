/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Bounded waits for conditions. When the time is over, the message says what was waited for. */
public final class Await
{
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    /** A condition whose check may fail; a failure counts as "not yet". */
    @FunctionalInterface
    public interface Condition
    {
        boolean holds() throws Exception;
    }

    private Await()
    {
    }

    /** Waits until the condition holds; fails when the time is over. */
    public static void until(final String what, final long timeoutMs, final Condition condition)
    {
        until(what, () -> "", timeoutMs, condition);
    }

    /** Does the same; the message of a failure also holds the state by then. */
    public static void until(final String what, final Supplier<String> state, final long timeoutMs,
        final Condition condition)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        Exception last = null;

        while (true)
        {
            try
            {
                if (condition.holds())
                {
                    return;
                }
            }
            catch (final Exception ex)
            {
                last = ex;
            }

            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("not within " + timeoutMs + " ms: " + what + state.get(), last);
            }

            if (Thread.interrupted())
            {
                throw new AssertionError("interrupted while waiting for: " + what);
            }

            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
