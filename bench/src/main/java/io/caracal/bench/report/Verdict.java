/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.Locale;
import java.util.Optional;

/**
 * One promise held against what was measured.
 *
 * @param promise  the line of the file.
 * @param measured the median or the ratio of medians; empty when it was not measured.
 * @param outcome  what becomes of the promise.
 * @param size     what was measured instead of what the promise is about, as it is told; empty when that is the same.
 */
public record Verdict(String promise, Optional<Double> measured, Outcome outcome, String size)
{
    /** What becomes of a promise. */
    public enum Outcome
    {
        /** The bound is kept. */
        KEPT("kept"),
        /** It is not, or nothing was measured. */
        MISSED("missed"),
        /** It is a promise about another size than the one that was measured, which says nothing about it. */
        OTHER_SIZE("other");

        private final String word;

        Outcome(final String word)
        {
            this.word = word;
        }

        /**
         * The outcome as one word.
         *
         * @return lower case.
         */
        public String word()
        {
            return word;
        }
    }

    /**
     * Whether the promise is broken.
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
