/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Writes maps, collections, numbers, booleans and strings as JSON; two blanks per level. Not thread-safe. */
public final class JsonWriter
{
    private final StringBuilder text = new StringBuilder();

    /**
     * One value as JSON text.
     *
     * @param value a map with string keys, a collection, a number, a boolean, a string or null.
     * @return the text with a new line at its end.
     */
    public static String write(final Object value)
    {
        final JsonWriter writer = new JsonWriter();
        writer.value(value, 0);
        return writer.text.append('\n').toString();
    }

    private void value(final Object value, final int depth)
    {
        if (value instanceof Map<?, ?> map)
        {
            object(map, depth);
        }
        else if (value instanceof Collection<?> collection)
        {
            array(collection, depth);
        }
        else if (value instanceof Double number)
        {
            text.append(Double.isFinite(number) ? String.format(Locale.ROOT, "%.4f", number) : "null");
        }
        else if (value instanceof Number || value instanceof Boolean || null == value)
        {
            text.append(value);
        }
        else
        {
            string(value.toString());
        }
    }

    private void object(final Map<?, ?> map, final int depth)
    {
        text.append('{');
        String separator = "";
        for (final Map.Entry<?, ?> entry : map.entrySet())
        {
            text.append(separator).append('\n');
            indent(depth + 1);
            string(entry.getKey().toString());
            text.append(": ");
            value(entry.getValue(), depth + 1);
            separator = ",";
        }
        text.append('\n');
        indent(depth);
        text.append('}');
    }

    private void array(final Collection<?> collection, final int depth)
    {
        text.append('[');
        String separator = "";
        for (final Object element : collection)
        {
            text.append(separator);
            value(element, depth);
            separator = ", ";
        }
        text.append(']');
    }

    private void string(final String value)
    {
        text.append('"');
        for (int i = 0; i < value.length(); i++)
        {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\')
            {
                text.append('\\').append(c);
            }
            else if (c < ' ')
            {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int)c));
            }
            else
            {
                text.append(c);
            }
        }
        text.append('"');
    }

    private void indent(final int depth)
    {
        text.append("  ".repeat(depth));
    }
}
