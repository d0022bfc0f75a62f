/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import io.caracal.shell.terminal.Terminal;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Quotas;
import org.apache.zookeeper.StatsTrack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Limits the number and the size of znodes below a path. */
@Command(name = "setquota", customSynopsis = "setquota -n|-b|-N|-B val path", description = "Limit what is below a " +
    "path; several limits can be given at once.")
final class SetQuota extends ShellCommand
{
    @Option(names = "-n", paramLabel = "val", description = "Soft limit of the number of znodes.")
    private Integer count;

    @Option(names = "-b", paramLabel = "val", description = "Soft limit of bytes of data.")
    private Long bytes;

    @Option(names = "-N", paramLabel = "val", description = "Hard limit of the number of znodes.")
    private Integer countHard;

    @Option(names = "-B", paramLabel = "val", description = "Hard limit of bytes of data.")
    private Long bytesHard;

    @Parameters(index = "0", paramLabel = "path", description = "That gets the limits; the znode itself counts.")
    private String path;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        check();
        final QuotaTree quotas = new QuotaTree(shell.client());
        quotas.checkPlace(path);

        final StatsTrack limits = merge(quotas.limits(path));
        quotas.store(path, limits);
        warn(limits, quotas.usage(path), shell.terminal());
    }

    private void check() throws CommandFailure
    {
        refuseIf(path.startsWith(Quotas.quotaZookeeper), "cannot set a quota under the path: " + Quotas.quotaZookeeper);
        refuseIf(path.equals("/"), "no quota is kept for /");
        refuseIf(count == null && bytes == null && countHard == null && bytesHard == null,
            getClass().getAnnotation(Command.class).customSynopsis()[0]);
        refuseIf((count != null && count <= 0) || (countHard != null && countHard <= 0),
            "the num quota must be greater than zero");
        refuseIf((bytes != null && bytes < 0) || (bytesHard != null && bytesHard < 0),
            "the bytes quota must be greater than or equal to zero");
    }

    private StatsTrack merge(final StatsTrack present)
    {
        final StatsTrack limits = present == null ? QuotaTree.noLimits() : present;
        if (count != null)
        {
            limits.setCount(count);
        }
        if (bytes != null)
        {
            limits.setBytes(bytes);
        }
        if (countHard != null)
        {
            limits.setCountHardLimit(countHard);
        }
        if (bytesHard != null)
        {
            limits.setByteHardLimit(bytesHard);
        }

        return limits;
    }

    private static void warn(final StatsTrack limits, final StatsTrack usage, final Terminal terminal)
    {
        if (isBelow(limits.getCount(), usage.getCount()) || isBelow(limits.getCountHardLimit(), usage.getCount()))
        {
            terminal.out("[Warning]: the count quota you create is less than the existing count:" + usage.getCount());
        }
        if (isBelow(limits.getBytes(), usage.getBytes()) || isBelow(limits.getByteHardLimit(), usage.getBytes()))
        {
            terminal.out("[Warning]: the bytes quota you create is less than the existing bytes:" + usage.getBytes());
        }
    }

    private static boolean isBelow(final long limit, final long used)
    {
        return limit > QuotaTree.NO_LIMIT && limit < used;
    }

    private static void refuseIf(final boolean isWrong, final String message) throws CommandFailure
    {
        if (isWrong)
        {
            throw new CommandFailure(message);
        }
    }
}
