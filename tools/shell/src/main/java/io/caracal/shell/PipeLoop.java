/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import io.caracal.shell.command.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Runs commands from a pipe or file, one per line, until its end or quit. A command that fails does not stop the next.
 */
final class PipeLoop
{
    private final Shell shell;
    private final BufferedReader lines;

    PipeLoop(final Shell shell, final InputStream in)
    {
        this.shell = shell;
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /**
     * Runs all lines.
     *
     * @return whether the last command succeeded; quit does not count.
     * @throws IOException when the input cannot be read.
     */
    boolean run() throws IOException
    {
        boolean isDone = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine())
        {
            isDone = execute(line, isDone);
            if (shell.isLeaving())
            {
                break;
            }
        }

        return isDone;
    }

    private boolean execute(final String line, final boolean wasDone)
    {
        final boolean isDone = shell.execute(line);
        return shell.isLeaving() ? wasDone : isDone;
    }
}
