/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import java.util.Locale;

/** Makes any text, such as the data of a znode, safe to show on a screen. */
public final class Visible
{
    private Visible()
    {
    }

    /**
     * Writes the characters that control a screen as escapes. Line ends and tabs stay.
     *
     * @param text any.
     * @return the safe text; the given one if it holds no such characters.
     */
    public static String of(final String text)
    {
        if (text.chars().noneMatch(Visible::steers))
        {
            return text;
        }

        final StringBuilder shown = new StringBuilder(text.length());
        text.chars().forEach(c -> shown.append(steers(c) ? String.format(Locale.ROOT, "\\u%04x", c) :
            Character.toString(c)));
        return shown.toString();
    }

    private static boolean steers(final int c)
    {
        final int type = Character.getType(c);

        return c != '\n' && c != '\t' && (type == Character.CONTROL || type == Character.FORMAT);
    }
}
