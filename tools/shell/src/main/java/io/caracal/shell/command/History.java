/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import picocli.CommandLine.Command;

/** Shows the latest lines with their numbers. */
@Command(name = "history", customSynopsis = "history", description = "Show the last lines with their numbers.")
final class History extends ShellCommand
{
    private static final int LINES = 11;

    @Override
    protected void run(final Shell shell)
    {
        final LineHistory history = shell.history();
        int index = Math.max(history.first(), history.count() - LINES);
        for (final String line : history.from(index))
        {
            shell.terminal().out(index++ + " - " + line);
        }
    }
}
