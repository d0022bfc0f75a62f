/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

/**
 * Makes text chosen by clients safe for a log of lines. Refused requests were not checked, and clients must not be able
 * to forge lines.
 */
final class LogText
{
    private static final char MASK = '?';

    private LogText()
    {
    }

    /** Whether a character ends a line or a field, moves the cursor or the like. */
    static boolean isControl(final char letter)
    {
        return Character.isISOControl(letter) || letter == '\u2028' || letter == '\u2029';
    }

    /** Replaces each such character with a question mark. */
    static String masked(final String text)
    {
        if (text.chars().noneMatch(letter -> isControl((char)letter)))
        {
            return text;
        }

        final StringBuilder masked = new StringBuilder(text);
        for (int i = 0; i < masked.length(); i++)
        {
            masked.setCharAt(i, isControl(masked.charAt(i)) ? MASK : masked.charAt(i));
        }

        return masked.toString();
    }
}
