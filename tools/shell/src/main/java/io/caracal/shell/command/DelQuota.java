/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.StatsTrack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes limits. */
@Command(name = "delquota", customSynopsis = "delquota [-n|-b|-N|-B] path", description = "Remove some or all " +
    "limits of a path.")
final class DelQuota extends ShellCommand
{
    @Option(names = "-n", description = "Soft limit of the number of znodes.")
    private boolean count;

    @Option(names = "-b", description = "Soft limit of bytes of data.")
    private boolean bytes;

    @Option(names = "-N", description = "Hard limit of the number of znodes.")
    private boolean countHard;

    @Option(names = "-B", description = "Hard limit of bytes of data.")
    private boolean bytesHard;

    @Parameters(index = "0", paramLabel = "path", description = "That has the limits.")
    private String path;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        final QuotaTree quotas = new QuotaTree(shell.client());
        final boolean isPart = count || bytes || countHard || bytesHard;
        final StatsTrack limits = isPart ? quotas.limits(path) : null;
        if (isPart ? limits == null : !quotas.hasLimits(path))
        {
            shell.terminal().out("Quota does not exist for " + path);
        }
        else if (isPart)
        {
            forget(limits);
            quotas.store(path, limits);
        }
        else
        {
            quotas.delete(path);
        }
    }

    private void forget(final StatsTrack limits)
    {
        if (count)
        {
            limits.setCount(QuotaTree.NO_LIMIT);
        }
        if (bytes)
        {
            limits.setBytes(QuotaTree.NO_LIMIT);
        }
        if (countHard)
        {
            limits.setCountHardLimit(QuotaTree.NO_LIMIT);
        }
        if (bytesHard)
        {
            limits.setByteHardLimit(QuotaTree.NO_LIMIT);
        }
    }
}
