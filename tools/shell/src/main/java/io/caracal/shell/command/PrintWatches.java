/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Switches the display of watch events on or off, or shows the setting. */
@Command(name = "printwatches", customSynopsis = "printwatches on|off", description = "Say or ask whether watch " +
    "events are shown.")
final class PrintWatches extends ShellCommand
{
    @Parameters(index = "0", arity = "0..1", paramLabel = "on|off", description = "Asks when left out.")
    private String wanted;

    @Override
    protected void run(final Shell shell) throws CommandFailure
    {
        if (wanted == null)
        {
            shell.terminal().out("printwatches is " + (shell.connection().isPrintingWatches() ? "on" : "off"));
        }
        else if (wanted.equals("on") || wanted.equals("off"))
        {
            shell.connection().printWatches(wanted.equals("on"));
        }
        else
        {
            throw new CommandFailure("printwatches on|off", wanted + " is neither.");
        }
    }
}
