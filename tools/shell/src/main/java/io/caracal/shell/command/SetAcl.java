/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import io.caracal.shell.client.ErrorText;
import java.util.List;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets the ACL of a znode. */
@Command(name = "setAcl", customSynopsis = "setAcl [-s] [-v version] [-R] path acl", description = "Say who may do " +
    "what with a znode.")
final class SetAcl extends ShellCommand
{
    @Option(names = "-s", description = "Show the stat as well.")
    private boolean showStat;

    @Option(names = "-v", paramLabel = "version", description = "Only when this is its aclVersion.")
    private Integer version;

    @Option(names = "-R", description = "And with everything below it.")
    private boolean isRecursive;

    @Parameters(index = "0", paramLabel = "path", description = "Of the znode.")
    private String path;

    @Parameters(index = "1", paramLabel = "acl", description = "scheme:id:perms,... with perms out of rwcda.")
    private String acl;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        final List<ACL> acls = AclText.parse(acl);
        if (isRecursive)
        {
            setAll(shell, acls);
            return;
        }

        final Stat stat = shell.client().setACL(path, acls, DataVersion.wanted(version, null));
        if (showStat)
        {
            StatText.print(stat, shell.terminal());
        }
    }

    private void setAll(final Shell shell, final List<ACL> acls)
        throws CommandFailure, KeeperException, InterruptedException
    {
        final ZooKeeper client = shell.client();
        int failures = 0;
        for (final String target : ZKUtil.listSubTreeBFS(client, path))
        {
            try
            {
                client.setACL(target, acls, DataVersion.wanted(version, null));
            }
            catch (final KeeperException.ConnectionLossException | KeeperException.SessionExpiredException lost)
            {
                throw lost;
            }
            catch (final KeeperException refused)
            {
                shell.terminal().err(ErrorText.of(refused).getMessage());
                failures++;
            }
        }

        if (failures > 0)
        {
            throw new CommandFailure("Failed to set the acl of " + failures + " node(s) in the subtree!");
        }
    }
}
