/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

/** Text out of a configuration that may be anything, also a binary file, made fit for a terminal and a log. */
public final class Printable
{
    private Printable()
    {
    }

    /**
     * Makes a text fit to be shown.
     *
     * @param text anything.
     * @return the same text, with characters that steer a terminal or begin a line written as the escapes of a zoo.cfg.
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
            shown.append(String.format("\\u%04x", (int)c));
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
