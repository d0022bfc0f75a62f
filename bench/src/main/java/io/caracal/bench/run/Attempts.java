/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.run;

import java.io.IOException;
import java.util.function.Consumer;

import io.caracal.bench.report.Figures;

/**
 * Measures one thing after the other. What fails - a server that dies, a session that is lost, a full disk - is
 * reported, and does not keep the others from being measured. Once somebody ends the run nothing more is tried, and
 * nothing counts as a failure. Used by one thread.
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
         * Measures it.
         *
         * @throws IOException when a file or a socket fails.
         */
        void run() throws IOException;
    }

    /**
     * Nothing was tried so far.
     *
     * @param figures  are told of each failure.
     * @param progress is told of each failure as it happens.
     */
    public Attempts(final Figures figures, final Consumer<String> progress)
    {
        this.figures = figures;
        this.progress = progress;
    }

    /**
     * Tries to measure something.
     *
     * @param what    it is, for people.
     * @param attempt measures it; what it has added to the figures before it fails stays.
     * @return false when it failed or was not tried.
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
