/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.WatcherType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes the watches of this session on a path. */
@Command(name = "removewatches", customSynopsis = "removewatches path [-c|-d|-a] [-l]", description = "Remove the " +
    "watches of this session on a path.")
final class RemoveWatches extends ShellCommand
{
    @Option(names = "-c", description = "Those on its children.")
    private boolean isChildren;

    @Option(names = "-d", description = "Those on its data and existence.")
    private boolean isData;

    @Option(names = "-p", description = "Persistent ones.")
    private boolean isPersistent;

    @Option(names = "-r", description = "Persistent recursive ones.")
    private boolean isRecursive;

    @Option(names = "-a", description = "Any; this is the default.")
    @SuppressWarnings("UnusedVariable")
    private boolean isAny;

    @Option(names = "-l", description = "Forget them here even when the server cannot be told.")
    private boolean isLocal;

    @Parameters(index = "0", paramLabel = "path", description = "That is watched.")
    private String path;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        shell.client().removeAllWatches(path, type(), isLocal);
    }

    private WatcherType type()
    {
        if (isChildren)
        {
            return WatcherType.Children;
        }
        if (isData)
        {
            return WatcherType.Data;
        }
        if (isPersistent)
        {
            return WatcherType.Persistent;
        }

        return isRecursive ? WatcherType.PersistentRecursive : WatcherType.Any;
    }
}
