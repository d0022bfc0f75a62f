/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import picocli.CommandLine.Command;

/** Shows the last lines with their numbers. */
@Command(name = "history", customSynopsis = "history", description = "Show the last lines with their numbers.")
final class History extends ShellCommand
{
    private static final int LINES = 11;

    @Override
    protected void run(final Shell shell)
    {
        final LineHistory history = shell.history();
        for (int i = Math.max(0, history.count() - LINES); i < history.count(); i++)
        {
            shell.terminal().out(i + " - " + history.line(i));
        }
    }
}
