/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs an earlier line again. */
@Command(name = "redo", customSynopsis = "redo cmdno", description = "Run an earlier line again; history shows the " +
    "numbers.")
final class Redo extends ShellCommand
{
    @Parameters(index = "0", paramLabel = "cmdno", description = "Number of the line.")
    private int index;

    @Override
    protected void run(final Shell shell) throws CommandFailure
    {
        final LineHistory history = shell.history();
        if (index < history.first() || index >= history.count() - 1)
        {
            throw new CommandFailure("Command index out of range", "history shows the numbers.");
        }

        final String line = history.from(index).get(0);
        if (line.stripLeading().startsWith("redo"))
        {
            throw new CommandFailure("No redoing redos");
        }

        history.replaceLast(line);
        shell.repeat(line);
    }
}
