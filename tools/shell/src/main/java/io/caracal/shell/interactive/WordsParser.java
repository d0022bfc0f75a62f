/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.interactive;

import io.caracal.shell.terminal.Words;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Splits the line being edited into words exactly as it will be split when it runs, so that completion and execution
 * agree.
 */
final class WordsParser implements Parser
{
    @Override
    public ParsedLine parse(final String line, final int cursor, final ParseContext context)
    {
        return new Line(line, cursor, Words.of(line));
    }

    /** A line with the cursor in one of its words. That word may be empty and stand between two others. */
    private static final class Line implements CompletingParsedLine
    {
        private final String line;
        private final int cursor;
        private final List<String> words;
        private final int wordIndex;
        private final int wordCursor;
        private final String quote;

        Line(final String line, final int cursor, final Words cut)
        {
            this.line = line;
            this.cursor = cursor;
            this.words = cut.texts();

            int index = 0;
            while (index < words.size() && cut.end(index) < cursor)
            {
                index++;
            }

            wordIndex = index;
            if (index == words.size() || cut.start(index) > cursor)
            {
                words.add(index, "");
                quote = "";
                wordCursor = 0;
            }
            else
            {
                final char first = line.charAt(cut.start(index));
                quote = first == '"' || first == '\'' ? String.valueOf(first) : "";
                wordCursor = Math.max(0, Math.min(cursor - cut.start(index) - quote.length(), words.get(index)
                    .length()));
            }
        }

        @Override
        public String word()
        {
            return words.get(wordIndex);
        }

        @Override
        public int wordCursor()
        {
            return wordCursor;
        }

        @Override
        public int wordIndex()
        {
            return wordIndex;
        }

        @Override
        public List<String> words()
        {
            return words;
        }

        @Override
        public String line()
        {
            return line;
        }

        @Override
        public int cursor()
        {
            return cursor;
        }

        @Override
        public CharSequence escape(final CharSequence candidate, final boolean complete)
        {
            final String text = candidate.toString();
            final boolean hasBlank = text.chars().anyMatch(Words::isBlank);
            final String used = !quote.isEmpty() || !hasBlank ? quote : text.indexOf('\'') < 0 ? "'" : "\"";
            return used + text + (complete ? used : "");
        }

        @Override
        public int rawWordCursor()
        {
            return wordCursor + (word().isEmpty() && quote.isEmpty() ? 0 : quote.length());
        }

        @Override
        public int rawWordLength()
        {
            return word().length() + quote.length();
        }
    }
}
