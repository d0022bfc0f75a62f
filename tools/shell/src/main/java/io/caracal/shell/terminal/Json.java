/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import java.util.Locale;

/** Builds one JSON object, or one text line of the same fields for people. */
public final class Json
{
    private static final int FIRST_PRINTABLE = 0x20;

    private final StringBuilder text = new StringBuilder(128).append('{');

    /**
     * A field.
     *
     * @param name  of it.
     * @param value a text, null for none.
     * @return this.
     */
    public Json put(final String name, final String value)
    {
        name(name);
        if (value == null)
        {
            text.append("null");
        }
        else
        {
            quote(value);
        }

        return this;
    }

    /**
     * A field.
     *
     * @param name  of it.
     * @param value a number.
     * @return this.
     */
    public Json put(final String name, final long value)
    {
        name(name);
        text.append(value);

        return this;
    }

    /**
     * A field that holds a number as people write it: zxids, sessions, digests.
     *
     * @param name  of it.
     * @param value written with 0x, as a text: JSON's own numbers lose digits of it.
     * @return this.
     */
    public Json hex(final String name, final long value)
    {
        return put(name, "0x" + Long.toHexString(value));
    }

    /**
     * A field.
     *
     * @param name  of it.
     * @param value true or false.
     * @return this.
     */
    public Json put(final String name, final boolean value)
    {
        name(name);
        text.append(value);

        return this;
    }

    /**
     * A field that holds an object or a list.
     *
     * @param name of it.
     * @param json encoded.
     * @return this.
     */
    public Json raw(final String name, final String json)
    {
        name(name);
        text.append(json);

        return this;
    }

    /**
     * A list of texts.
     *
     * @param values its elements.
     * @return encoded.
     */
    public static String list(final Iterable<String> values)
    {
        final StringBuilder list = new StringBuilder("[");
        for (final String value : values)
        {
            list.append(list.length() == 1 ? "" : ",");
            quote(list, value);
        }

        return list.append(']').toString();
    }

    private void name(final String name)
    {
        if (text.length() > 1)
        {
            text.append(',');
        }
        quote(name);
        text.append(':');
    }

    private void quote(final String value)
    {
        quote(text, value);
    }

    private static void quote(final StringBuilder target, final String value)
    {
        target.append('"');
        for (int i = 0; i < value.length(); i++)
        {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\')
            {
                target.append('\\').append(c);
            }
            else if (c < FIRST_PRINTABLE || Character.isSurrogate(c))
            {
                target.append(String.format(Locale.ROOT, "\\u%04x", (int)c));
            }
            else
            {
                target.append(c);
            }
        }
        target.append('"');
    }

    /** The object. */
    @Override
    public String toString()
    {
        return text + "}";
    }
}
