/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The latest lines of this run of the shell, numbered from 0 as the prompt shows. The oldest are dropped at
 * {@link #CHARS_MAX}, because a pipe may send lines without end.
 */
public final class LineHistory
{
    /** Most characters kept in all lines together. The last line is kept however long it is. */
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

    /** Returns the kept lines from a number on, in order. */
    List<String> from(final int index)
    {
        return new ArrayList<>(lines).subList(index - first(), lines.size());
    }

    /** Number of the oldest line that is kept. */
    int first()
    {
        return count - lines.size();
    }

    /**
     * @return how many lines were typed, which is the number of the next one.
     */
    public int count()
    {
        return count;
    }
}
