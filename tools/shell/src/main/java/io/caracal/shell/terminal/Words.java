/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * A typed line, split into words.
 * <p>
 * A word that starts with a single or double quote ends at the same quote and may hold blanks and the other quote. Any
 * other word ends at a blank of ASCII, and quotes inside it are ordinary characters, so that {@code {"a":1}} can be
 * typed as it is. Blanks of other scripts belong to words, as in ZooKeeper's shell. There is no escape character.
 */
public final class Words
{
    private static final String BLANKS = " \t\n\u000B\f\r";

    private final List<String> texts = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private char openQuote;

    private Words()
    {
    }

    /**
     * Splits a line into words.
     *
     * @param line as typed.
     * @return its words; none for a blank line.
     */
    public static Words of(final String line)
    {
        final Words words = new Words();
        int position = skipBlanks(line, 0);

        while (position < line.length())
        {
            final char first = line.charAt(position);
            position = first == '"' || first == '\'' ? words.addQuoted(line, position, first) : words.addPlain(line,
                position);
            position = skipBlanks(line, position);
        }

        return words;
    }

    /**
     * @param c a character that no quotes surround.
     * @return whether a word ends there.
     */
    public static boolean isBlank(final int c)
    {
        return BLANKS.indexOf(c) >= 0;
    }

    /**
     * @return the words without their quotes, in order; the caller owns the list.
     */
    public List<String> texts()
    {
        return new ArrayList<>(texts);
    }

    /**
     * @return the quote that was opened and not closed; 0 when all were closed.
     */
    public char openQuote()
    {
        return openQuote;
    }

    /**
     * @param index of a word.
     * @return index in the line at which the word begins, its quote included.
     */
    public int start(final int index)
    {
        return starts.get(index);
    }

    /**
     * @param index of a word.
     * @return index in the line just after the last character of the word, its quote included.
     */
    public int end(final int index)
    {
        return ends.get(index);
    }

    private int addQuoted(final String line, final int start, final char quote)
    {
        final int close = line.indexOf(quote, start + 1);
        if (close < 0)
        {
            openQuote = quote;
            return add(line.substring(start + 1), start, line.length());
        }

        return add(line.substring(start + 1, close), start, close + 1);
    }

    private int addPlain(final String line, final int start)
    {
        int end = start;
        while (end < line.length() && !isBlank(line.charAt(end)))
        {
            end++;
        }

        return add(line.substring(start, end), start, end);
    }

    private int add(final String text, final int start, final int end)
    {
        texts.add(text);
        starts.add(start);
        ends.add(end);
        return end;
    }

    private static int skipBlanks(final String line, final int from)
    {
        int position = from;
        while (position < line.length() && isBlank(line.charAt(position)))
        {
            position++;
        }

        return position;
    }
}
