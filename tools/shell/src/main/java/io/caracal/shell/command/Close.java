/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import picocli.CommandLine.Command;

/** Closes the session but not the shell. */
@Command(name = "close", customSynopsis = "close", description = "End the session; ephemeral znodes go, the shell " +
    "stays.")
final class Close extends ShellCommand
{
    @Override
    protected void run(final Shell shell) throws CommandFailure, InterruptedException
    {
        shell.client().close();
    }
}
