/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains the commands. */
@Command(name = "help", customSynopsis = "help [command]", description = "List all commands, or explain one.")
final class Help extends ShellCommand
{
    private static final int NAME_WIDTH = 22;

    @Parameters(index = "0", arity = "0..1", paramLabel = "command", description = "To explain.")
    private String name;

    @Override
    protected void run(final Shell shell) throws CommandFailure
    {
        if (name == null)
        {
            CommandTable.names().forEach(each -> shell.terminal().out(line(each)));
            shell.terminal().out("\nhelp and a name explains one command. A word with blanks goes between ' or \".");
        }
        else if (CommandTable.contains(name))
        {
            shell.terminal().out(CommandTable.parser(name).getUsageMessage().stripTrailing());
        }
        else
        {
            throw new CommandFailure("Command not found " + name, "help lists all commands.");
        }
    }

    private static String line(final String name)
    {
        return String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s%s", name, CommandTable.description(name)
            .description()[0]);
    }
}
