/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.run;

import java.io.IOException;
import java.util.function.Consumer;

import io.caracal.bench.report.Figures;

/**
 * Measures one thing after the other. A failure, such as a server that dies, a lost session or a full disk, is reported
 * and does not keep the rest from being measured. Once somebody ends the run, nothing more is tried, and nothing counts
 * as a failure. Used by one thread.
 */
public final class Attempts
{
    private final Figures figures;
    private final Consumer<String> progress;

    /** Something to measure. */
    @FunctionalInterface
    public interface Attempt
    {
        /**
         * Performs the measurement.
         *
         * @throws IOException when a file or a socket fails.
         */
        void run() throws IOException;
    }

    /**
     * Creates attempts; nothing has been tried yet.
     *
     * @param figures  receive each failure.
     * @param progress receives a line for each failure as it happens.
     */
    public Attempts(final Figures figures, final Consumer<String> progress)
    {
        this.figures = figures;
        this.progress = progress;
    }

    /**
     * Tries to measure something.
     *
     * @param what    what is measured, for people.
     * @param attempt performs the measurement; what it has added to the figures before it fails stays.
     * @return false when the attempt failed or was not made.
     */
    public boolean run(final String what, final Attempt attempt)
    {
        if (figures.isEnded())
        {
            return false;
        }

        try
        {
            attempt.run();
            return true;
        }
        catch (final IOException | RuntimeException ex)
        {
            if (!figures.isEnded())
            {
                progress.accept("not measured to its end: " + what + ": " + ex);
                figures.addFailure(what, ex);
            }
            return false;
        }
    }
}
