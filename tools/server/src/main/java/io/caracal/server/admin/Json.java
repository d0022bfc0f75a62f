/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * Writes maps, collections, texts, numbers, booleans and null as JSON in the layout of ZooKeeper's admin server: one
 * key per line, a blank around each colon, lists on the line of their key. Scripts that read it line by line rely on
 * it.
 */
final class Json
{
    /** Maximum length in characters. A text can become six times as long as it was. */
    static final int LENGTH_MAX = 64 << 20;

    private static final int FIRST_PRINTABLE = 0x20;
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();

    private final int lengthMax;

    private Json(final int lengthMax)
    {
        this.lengthMax = lengthMax;
    }

    /** Returns a value as JSON. Throws {@link AnswerTooLongException} when that is too long to be held in memory. */
    static String of(final Object value)
    {
        return of(value, LENGTH_MAX);
    }

    static String of(final Object value, final int lengthMax)
    {
        final Json json = new Json(lengthMax);
        json.value(value, 0);
        return json.out.append('\n').toString();
    }

    private void value(final Object value, final int depth)
    {
        if (value instanceof final Map<?, ?> map)
        {
            map(map, depth);
        }
        else if (value instanceof final Collection<?> list)
        {
            list(list.iterator(), depth);
        }
        else if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long)
        {
            out.append(value);
        }
        else if (value instanceof final Number number)
        {
            out.append(Double.isFinite(number.doubleValue()) ? number.toString() : "null");
        }
        else
        {
            text(value.toString());
        }
    }

    private void map(final Map<?, ?> map, final int depth)
    {
        final Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        out.append('{');
        while (entries.hasNext())
        {
            final Map.Entry<?, ?> entry = entries.next();
            line(depth + 1);
            text(String.valueOf(entry.getKey()));
            out.append(" : ");
            value(entry.getValue(), depth + 1);
            out.append(entries.hasNext() ? "," : "");
        }

        if (map.isEmpty())
        {
            out.append(' ');
        }
        else
        {
            line(depth);
        }

        out.append('}');
    }

    private void list(final Iterator<?> values, final int depth)
    {
        out.append("[ ");
        while (values.hasNext())
        {
            value(values.next(), depth);
            out.append(values.hasNext() ? ", " : " ");
        }

        out.append(']');
    }

    private void line(final int depth)
    {
        out.append('\n').append(INDENT.repeat(depth));
    }

    private void text(final String text)
    {
        out.append('"');
        for (int i = 0; i < text.length(); i++)
        {
            character(text.charAt(i));
        }
        if (out.length() > lengthMax)
        {
            throw new AnswerTooLongException((lengthMax >> 20) + " million characters");
        }

        out.append('"');
    }

    private void character(final char c)
    {
        switch (c)
        {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < FIRST_PRINTABLE || Character.isSurrogate(c) || c == '<')
                {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int)c));
                }
                else
                {
                    out.append(c);
                }
            }
        }
    }
}
