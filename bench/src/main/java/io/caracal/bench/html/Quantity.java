/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import java.util.Locale;

/** Formats numbers on axes: short, with k and M for thousands and millions. */
final class Quantity
{
    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;

    private Quantity()
    {
    }

    static String brief(final double value)
    {
        if (value >= MILLION)
        {
            return plain(value / MILLION) + "M";
        }

        return value >= THOUSAND ? plain(value / THOUSAND) + "k" : plain(value);
    }

    private static String plain(final double value)
    {
        final String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
