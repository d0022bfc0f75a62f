/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import java.util.Locale;

/** Shows bytes as hexadecimal numbers beside their characters, sixteen per row, in a frame. */
final class HexDump
{
    private static final int ROW = 16;
    private static final String RULE = "+--------+-------------------------------------------------+----------------+";
    private static final String HEADER = "         +-------------------------------------------------+\n" +
        "         |  0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f |\n" + RULE;

    private HexDump()
    {
    }

    static String of(final byte[] data)
    {
        if (data.length == 0)
        {
            return "";
        }

        final StringBuilder text = new StringBuilder(HEADER);
        for (int start = 0; start < data.length; start += ROW)
        {
            appendRow(text, data, start, Math.min(data.length, start + ROW));
        }

        return text.append('\n').append(RULE).toString();
    }

    private static void appendRow(final StringBuilder text, final byte[] data, final int start, final int end)
    {
        text.append(String.format(Locale.ROOT, "\n|%08x|", start));
        for (int i = start; i < end; i++)
        {
            text.append(String.format(Locale.ROOT, " %02x", data[i]));
        }

        final int missing = start + ROW - end;
        text.append("   ".repeat(missing)).append(" |");
        for (int i = start; i < end; i++)
        {
            final boolean isPrintable = data[i] >= ' ' && data[i] < 0x7f;
            text.append(isPrintable ? (char)data[i] : '.');
        }

        text.append(" ".repeat(missing)).append('|');
    }
}
