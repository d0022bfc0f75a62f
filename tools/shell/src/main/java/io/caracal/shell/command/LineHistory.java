/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The latest lines of this run of the shell, numbered from 0 as the prompt shows. Of lines without end, as a pipe may
 * bring them, the oldest are forgotten.
 */
public final class LineHistory
{
    /** Characters of all lines that are kept; the last line is kept however long it is. */
    static final int CHARS_MAX = 4 << 20;

    private final Deque<String> lines = new ArrayDeque<>();
    private long chars;
    private int count;

    void add(final String line)
    {
        count++;
        append(line);
    }

    void replaceLast(final String line)
    {
        chars -= lines.removeLast().length();
        append(line);
    }

    private void append(final String line)
    {
        lines.addLast(line);
        chars += line.length();
        while (chars > CHARS_MAX && lines.size() > 1)
        {
            chars -= lines.removeFirst().length();
        }
    }

    /** The lines from a number on that are kept, in order. */
    List<String> from(final int index)
    {
        return new ArrayList<>(lines).subList(index - first(), lines.size());
    }

    /** Number of the first line that is kept. */
    int first()
    {
        return count - lines.size();
    }

    /**
     * @return how many lines were typed; the number of the next one.
     */
    public int count()
    {
        return count;
    }
}
