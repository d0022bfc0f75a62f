/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import picocli.CommandLine.Command;

/** Ends the session and the shell. */
@Command(name = "quit", customSynopsis = "quit", description = "End session and shell; so does Ctrl-D.")
final class Quit extends ShellCommand
{
    @Override
    protected void run(final Shell shell)
    {
        shell.leave();
    }
}
