/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.Locale;
import java.util.SplittableRandom;

/** Chooses the key, from 0 to n-1, that a request is about. Immutable; draws without garbage. */
public interface KeyDistribution
{
    /**
     * Draws a key.
     *
     * @param random the caller's generator.
     * @return a key from 0 to one below the number of keys.
     */
    long next(SplittableRandom random);

    /**
     * Parses a distribution: {@code uniform}, {@code zipf} (skew 0.99) or {@code zipf:0.8}.
     *
     * @param text     as above; the skew lies between 0 and 1, both excluded.
     * @param keyCount number of keys, one or more.
     * @return the distribution.
     * @throws IllegalArgumentException when the text is none of these.
     */
    static KeyDistribution parse(final String text, final long keyCount)
    {
        final String word = text.toLowerCase(Locale.ROOT);
        if ("uniform".equals(word))
        {
            return random -> random.nextLong(keyCount);
        }
        if ("zipf".equals(word))
        {
            return new ZipfKeys(keyCount, ZipfKeys.SKEW_DEFAULT);
        }
        if (word.startsWith("zipf:"))
        {
            return new ZipfKeys(keyCount, skew(word.substring("zipf:".length())));
        }
        throw new IllegalArgumentException("keys are drawn 'uniform', 'zipf' or 'zipf:SKEW', not '" + text + "'");
    }

    private static double skew(final String text)
    {
        try
        {
            return Double.parseDouble(text);
        }
        catch (final NumberFormatException ex)
        {
            throw new IllegalArgumentException("the skew of zipf is a number between 0 and 1, not '" + text + "'", ex);
        }
    }
}
