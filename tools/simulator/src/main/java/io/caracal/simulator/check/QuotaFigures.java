/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * Limits or usage of a quota, read from its text. What the text does not say is -1.
 *
 * @param count          soft limit on the number of znodes, or the number in use.
 * @param bytes          soft limit on the bytes of data, or the bytes in use.
 * @param countHardLimit limit on the number of znodes.
 * @param byteHardLimit  limit on the bytes of data.
 */
record QuotaFigures(long count, long bytes, long countHardLimit, long byteHardLimit)
{
    /** Reads pairs such as {@code count=1}, separated by commas or semicolons; others say nothing. */
    static QuotaFigures of(final String text)
    {
        return new QuotaFigures(figure(text, "count"), figure(text, "bytes"), figure(text, "countHardLimit"),
            figure(text, "byteHardLimit"));
    }

    private static long figure(final String text, final String key)
    {
        long figure = -1;
        for (final String pair : text.split("[,;]", -1))
        {
            final String[] words = pair.split("=", -1);
            if (words[0].equals(key) && words.length > 1)
            {
                figure = words[1].matches("[+-]?\\d{1,18}") ? Long.parseLong(words[1]) : -1;
            }
        }

        return figure;
    }

    /** The text of a usage. */
    static String usage(final long count, final long bytes)
    {
        return "count=" + count + ",bytes=" + bytes;
    }

    /** Whether a hard limit forbids that the usage grows, or shrinks, by these amounts. */
    boolean forbid(final QuotaFigures usage, final long moreZnodes, final long moreBytes)
    {
        return isBeyond(countHardLimit, usage.count, moreZnodes) || isBeyond(byteHardLimit, usage.bytes, moreBytes);
    }

    private static boolean isBeyond(final long limit, final long used, final long more)
    {
        return more != 0 && limit >= 0 && used + more > limit;
    }
}
