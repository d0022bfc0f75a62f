/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import org.apache.zookeeper.KeeperException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Counts the znodes below a path, at all depths. */
@Command(name = "getAllChildrenNumber", customSynopsis = "getAllChildrenNumber path", description = "Count the " +
    "znodes below a path, at all depths.")
final class GetAllChildrenNumber extends ShellCommand
{
    @Parameters(index = "0", paramLabel = "path", description = "Not counted itself.")
    private String path;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        shell.terminal().out(Integer.toString(shell.client().getAllChildrenNumber(path)));
    }
}
