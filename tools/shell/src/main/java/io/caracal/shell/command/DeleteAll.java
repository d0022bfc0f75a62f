/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import io.caracal.shell.client.ErrorText;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.common.PathUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a znode and everything below it. */
@Command(name = "deleteall", customSynopsis = "deleteall path [-b batch size]", description = "Delete a znode and " +
    "everything below it.")
final class DeleteAll extends ShellCommand
{
    private static final int BATCH_SIZE = 1000;

    @Option(names = "-b", paramLabel = "batch size", description = "So many in one transaction, default 1000; 0 " +
        "deletes one by one.")
    private int batchSize = BATCH_SIZE;

    @Parameters(index = "0", paramLabel = "path", description = "Top of the subtree.")
    private String path;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        PathUtils.validatePath(path);
        if (path.equals("/"))
        {
            throw new CommandFailure("Arguments are not valid : /",
                "The root cannot be deleted; name the znodes below it that ls / shows.");
        }

        final SubtreeDeletion deletion = new SubtreeDeletion(shell.client(), batchSize);
        deletion.delete(path);
        if (deletion.failure() != null)
        {
            final CommandFailure first = ErrorText.of(deletion.failure());
            throw new CommandFailure("Failed to delete some node(s) in the subtree!", first.getMessage());
        }
    }
}
