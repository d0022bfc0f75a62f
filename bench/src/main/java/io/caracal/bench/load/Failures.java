/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

/** Carries the first exception that ended a thread over to the thread that waits for it. */
final class Failures implements Thread.UncaughtExceptionHandler
{
    private volatile Throwable first;

    @Override
    public synchronized void uncaughtException(final Thread thread, final Throwable failure)
    {
        if (first == null)
        {
            first = failure;
        }
        else
        {
            first.addSuppressed(failure);
        }
    }

    void rethrow()
    {
        if (first != null)
        {
            throw new IllegalStateException("a load thread failed", first);
        }
    }
}
