/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.util.Locale;

/** Makes text from a configuration safe for a terminal and a log. Such text may be anything, even a binary file. */
public final class Printable
{
    private Printable()
    {
    }

    /**
     * Escapes a text.
     *
     * @param text anything.
     * @return the same text; characters that control a terminal or begin a line are written as the escapes of a
     *         zoo.cfg.
     */
    public static String of(final String text)
    {
        final StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++)
        {
            append(shown, text.charAt(i));
        }

        return shown.toString();
    }

    private static void append(final StringBuilder shown, final char c)
    {
        if (steers(c))
        {
            shown.append(String.format(Locale.ROOT, "\\u%04x", (int)c));
        }
        else
        {
            shown.append(c);
        }
    }

    private static boolean steers(final char c)
    {
        return switch (Character.getType(c))
        {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
