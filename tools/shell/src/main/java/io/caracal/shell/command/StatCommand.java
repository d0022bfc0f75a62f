/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the stat of a znode. */
@Command(name = "stat", customSynopsis = "stat [-w] path", description = "Show the stat of a znode.")
final class StatCommand extends ShellCommand
{
    @Option(names = "-w", description = "Watch for its next change, or for its creation.")
    private boolean watch;

    @Parameters(index = "0", paramLabel = "path", description = "Of the znode.")
    private String path;

    @Parameters(index = "1", arity = "0..1", paramLabel = "watch", hidden = true)
    private String oldWatch;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        if (oldWatch != null)
        {
            shell.terminal().err("'stat path [watch]' has been deprecated. Please use 'stat [-w] path' instead.");
        }

        final Stat stat = shell.client().exists(path, watch || oldWatch != null);
        if (stat == null)
        {
            throw new KeeperException.NoNodeException(path);
        }

        StatText.print(stat, shell.terminal());
    }
}
