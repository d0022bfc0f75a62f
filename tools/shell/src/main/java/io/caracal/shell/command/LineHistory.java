/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of this run of the shell, numbered from 0 as the prompt shows.
 */
public final class LineHistory
{
    private final List<String> lines = new ArrayList<>();

    void add(final String line)
    {
        lines.add(line);
    }

    void replaceLast(final String line)
    {
        lines.set(lines.size() - 1, line);
    }

    String line(final int index)
    {
        return lines.get(index);
    }

    /**
     * @return how many lines were typed; the number of the next one.
     */
    public int count()
    {
        return lines.size();
    }
}
