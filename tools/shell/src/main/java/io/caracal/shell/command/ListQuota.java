/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Quotas;
import org.apache.zookeeper.StatsTrack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows limits and usage. */
@Command(name = "listquota", customSynopsis = "listquota path", description = "Show limits of a path and what is " +
    "used of them.")
final class ListQuota extends ShellCommand
{
    @Parameters(index = "0", paramLabel = "path", description = "That has the limits.")
    private String path;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        final QuotaTree quotas = new QuotaTree(shell.client());
        shell.terminal().err("absolute path is " + Quotas.limitPath(path));

        final StatsTrack limits = quotas.limits(path);
        if (limits == null)
        {
            shell.terminal().err("quota for " + path + " does not exist.");
            return;
        }

        shell.terminal().out("Output quota for " + path + " " + limits);
        shell.terminal().out("Output stat for " + path + " " + quotas.usage(path));
    }
}
