/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.util.ArrayList;
import java.util.List;

/** String operations that several suites need. */
public final class Texts
{
    private Texts()
    {
    }

    /** Splits at every separator. An empty text has no parts. */
    public static List<String> split(final String text, final char separator)
    {
        final List<String> parts = new ArrayList<>();

        if (text.isEmpty())
        {
            return parts;
        }

        int from = 0;

        for (int i = text.indexOf(separator); i >= 0; i = text.indexOf(separator, from))
        {
            parts.add(text.substring(from, i));
            from = i + 1;
        }

        parts.add(text.substring(from));
        return parts;
    }
}
