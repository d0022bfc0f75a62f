/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import io.caracal.shell.client.ErrorText;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.KeeperException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Waits until the server has caught up with the leader. */
@Command(name = "sync", customSynopsis = "sync path", description = "Wait until the server has caught up with the " +
    "leader.")
final class Sync extends ShellCommand
{
    private static final long TIMEOUT_SECONDS = 30;

    @Parameters(index = "0", paramLabel = "path", description = "Any path; all of the tree is caught up.")
    private String path;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        final CompletableFuture<Integer> answer = new CompletableFuture<>();
        shell.client().sync(path, (rc, each, context) -> answer.complete(rc), null);
        try
        {
            final int rc = answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (rc != KeeperException.Code.OK.intValue())
            {
                final CommandFailure reason = ErrorText.of(KeeperException.create(KeeperException.Code.get(rc), path));
                throw new CommandFailure("Sync has failed. rc=" + rc, reason.getMessage());
            }
        }
        catch (final ExecutionException | TimeoutException failure)
        {
            throw new CommandFailure("Sync has failed: no answer within " + TIMEOUT_SECONDS + " s");
        }

        shell.terminal().out("Sync is OK");
    }
}
