/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import io.caracal.engine.Invariant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes HTML and SVG. Everything is escaped; callers close the elements that they open. Not thread-safe. */
final class Markup
{
    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element. The attributes are alternating names and values. */
    Markup open(final String element, final Object... attributes)
    {
        begin(element, attributes);
        text.append('>');
        open.push(element);
        return this;
    }

    Markup close()
    {
        text.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** Writes an element without content. */
    Markup empty(final String element, final Object... attributes)
    {
        begin(element, attributes);
        text.append("/>\n");
        return this;
    }

    /** Writes an element that holds only text. */
    Markup leaf(final String element, final String content, final Object... attributes)
    {
        return open(element, attributes).text(content).close();
    }

    Markup text(final String content)
    {
        escape(content);
        return this;
    }

    /** Returns the text. Every element must be closed. */
    String end()
    {
        Invariant.check(open.isEmpty(), "an element was left open");
        return text.toString();
    }

    private void begin(final String element, final Object... attributes)
    {
        text.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2)
        {
            text.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1] instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) :
                attributes[i + 1].toString());
            text.append('"');
        }
    }

    private void escape(final String content)
    {
        for (int i = 0; i < content.length(); i++)
        {
            final char c = content.charAt(i);
            switch (c)
            {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                default -> text.append(c);
            }
        }
    }
}
