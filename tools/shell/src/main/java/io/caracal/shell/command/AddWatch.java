/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets a persistent watch. */
@Command(name = "addWatch", customSynopsis = "addWatch [-m mode] path # optional mode is one of " +
    "[PERSISTENT, PERSISTENT_RECURSIVE] - default is PERSISTENT_RECURSIVE",
    description = "Watch a path, or all " +
        "below it, until removewatches.")
final class AddWatch extends ShellCommand
{
    @Option(names = "-m", paramLabel = "mode", description = "PERSISTENT: the path; PERSISTENT_RECURSIVE: and all " +
        "below it.")
    private String mode = AddWatchMode.PERSISTENT_RECURSIVE.name();

    @Parameters(index = "0", paramLabel = "path", description = "May be missing as yet.")
    private String path;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        shell.client().addWatch(path, watchMode());
    }

    private AddWatchMode watchMode() throws CommandFailure
    {
        for (final AddWatchMode candidate : AddWatchMode.values())
        {
            if (candidate.name().equalsIgnoreCase(mode))
            {
                return candidate;
            }
        }

        throw new CommandFailure(getClass().getAnnotation(Command.class).customSynopsis()[0], "There is no mode " +
            mode + ".");
    }
}
