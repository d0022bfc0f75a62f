/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Guesses which key somebody meant: the known key with the fewest edits, ignoring case. A key that resembles no known
 * one gets no guess.
 */
final class NearestKey
{
    private static final int EDITS_ALWAYS = 2;
    private static final int LETTERS_PER_EDIT = 3;

    private NearestKey()
    {
    }

    static Optional<String> of(final String key)
    {
        return KnownKeys.all().stream().map(KnownKey::key)
            .min(Comparator.comparingInt(known -> distance(key, known)))
            .filter(known -> distance(key, known) <= Math.max(EDITS_ALWAYS, key.length() / LETTERS_PER_EDIT));
    }

    private static int distance(final String first, final String second)
    {
        final String left = first.toLowerCase(Locale.ROOT);
        final String right = second.toLowerCase(Locale.ROOT);
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= left.length(); i++)
        {
            final int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++)
            {
                final int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            previous = current;
        }

        return previous[right.length()];
    }
}
