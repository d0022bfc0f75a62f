/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.Locale;
import java.util.Optional;

/**
 * The outcome of checking one promise against the measured figures.
 *
 * @param promise  line of the file.
 * @param measured median or ratio of medians; empty when it was not measured.
 * @param outcome  whether the promise is kept.
 * @param size     text that names the size that was measured instead of the promised one; empty unless they differ.
 */
public record Verdict(String promise, Optional<Double> measured, Outcome outcome, String size)
{
    /** Whether a promise is kept. */
    public enum Outcome
    {
        /** The bound is kept. */
        KEPT("kept"),
        /** The bound is not kept, or nothing was measured. */
        MISSED("missed"),
        /** The promise is about another size than the one that was measured, which says nothing about it. */
        OTHER_SIZE("other");

        private final String word;

        Outcome(final String word)
        {
            this.word = word;
        }

        /**
         * Returns the outcome as one word.
         *
         * @return a word in lower case.
         */
        public String word()
        {
            return word;
        }
    }

    /**
     * Whether the promise is missed.
     *
     * @return true also when nothing was measured.
     */
    public boolean isMissed()
    {
        return outcome == Outcome.MISSED;
    }

    @Override
    public String toString()
    {
        final String begin = switch (outcome)
        {
            case KEPT -> "kept    ";
            case MISSED -> "MISSED  ";
            case OTHER_SIZE -> "unknown ";
        };

        return begin + promise + "   measured: " + measured.map(value -> String.format(Locale.ROOT, "%.2f", value))
            .orElse("nothing") + size;
    }
}
