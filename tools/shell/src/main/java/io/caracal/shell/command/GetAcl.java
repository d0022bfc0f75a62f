/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the ACL of a znode. */
@Command(name = "getAcl", customSynopsis = "getAcl [-s] path", description = "Show who may do what with a znode.")
final class GetAcl extends ShellCommand
{
    @Option(names = "-s", description = "Show the stat as well.")
    private boolean showStat;

    @Parameters(index = "0", paramLabel = "path", description = "Of the znode.")
    private String path;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        final Stat stat = new Stat();
        for (final ACL acl : shell.client().getACL(path, stat))
        {
            shell.terminal().out(acl.getId() + ": " + AclText.perms(acl.getPerms()));
        }

        if (showStat)
        {
            StatText.print(stat, shell.terminal());
        }
    }
}
