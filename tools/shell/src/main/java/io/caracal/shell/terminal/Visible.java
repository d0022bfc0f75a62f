/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import java.util.Locale;

/** Text that may be anything, as the data of a znode is, made fit for the eyes of a person. */
public final class Visible
{
    private Visible()
    {
    }

    /**
     * The same text, with characters that steer a screen written as escapes; line ends and tabs stay.
     *
     * @param text any.
     * @return the text itself when it holds none.
     */
    public static String of(final String text)
    {
        if (text.chars().noneMatch(Visible::steers))
        {
            return text;
        }

        final StringBuilder shown = new StringBuilder(text.length());
        text.chars().forEach(c -> shown.append(steers(c) ? String.format(Locale.ROOT, "\\u%04x", c) : Character
            .toString(c)));
        return shown.toString();
    }

    private static boolean steers(final int c)
    {
        final int type = Character.getType(c);

        return c != '\n' && c != '\t' && (type == Character.CONTROL || type == Character.FORMAT);
    }
}
