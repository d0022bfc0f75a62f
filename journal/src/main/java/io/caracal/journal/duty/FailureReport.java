/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Tells the server, only once, that the journal can no longer keep its promises. May be used by any thread. */
public final class FailureReport
{
    private final AtomicReference<Throwable> first = new AtomicReference<>();
    private final Consumer<Throwable> handler;

    /**
     * Creates a report without a failure.
     *
     * @param handler receives the first failure.
     */
    public FailureReport(final Consumer<Throwable> handler)
    {
        this.handler = handler;
    }

    /**
     * Reports a failure. Later failures are only added to the first one, as suppressed exceptions.
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
     * Whether a failure was reported.
     *
     * @return true from the first report on.
     */
    public boolean isFailed()
    {
        return first.get() != null;
    }
}
