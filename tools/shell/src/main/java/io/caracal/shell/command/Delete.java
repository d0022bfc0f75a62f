/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import org.apache.zookeeper.KeeperException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a znode without children. */
@Command(name = "delete", customSynopsis = "delete [-v version] path", description = "Delete a znode that has no " +
    "children.")
final class Delete extends ShellCommand
{
    @Option(names = "-v", paramLabel = "version", description = "Only when this is its version.")
    private Integer version;

    @Parameters(index = "0", paramLabel = "path", description = "Of the znode.")
    private String path;

    @Parameters(index = "1", arity = "0..1", paramLabel = "version", hidden = true)
    private Integer oldVersion;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        if (oldVersion != null)
        {
            shell.terminal().err("'delete path [version]' has been deprecated. " +
                "Please use 'delete [-v version] path' instead.");
        }

        shell.client().delete(path, DataVersion.wanted(version, oldVersion));
    }
}
