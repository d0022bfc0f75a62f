/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Tells the server once, and only once, that the journal can no longer keep its promises. Any thread. */
public final class FailureReport
{
    private final AtomicReference<Throwable> first = new AtomicReference<>();
    private final Consumer<Throwable> handler;

    /**
     * Creates it.
     *
     * @param handler receives the first failure.
     */
    public FailureReport(final Consumer<Throwable> handler)
    {
        this.handler = handler;
    }

    /**
     * Reports a failure. Later ones only add to the first, as suppressed causes.
     *
     * @param failure what went wrong.
     */
    public void report(final Throwable failure)
    {
        if (first.compareAndSet(null, failure))
        {
            handler.accept(failure);
        }
        else if (first.get() != failure)
        {
            first.get().addSuppressed(failure);
        }
    }

    /**
     * Whether anything was reported.
     *
     * @return true from the first report on.
     */
    public boolean isFailed()
    {
        return first.get() != null;
    }
}
