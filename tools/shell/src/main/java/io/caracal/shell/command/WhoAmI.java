/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.util.List;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.ClientInfo;
import picocli.CommandLine.Command;

/** Shows the identities of this session. */
@Command(name = "whoami", customSynopsis = "whoami", description = "Show the identities of this session.")
final class WhoAmI extends ShellCommand
{
    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        final List<ClientInfo> identities = shell.client().whoAmI();
        shell.terminal().out("Auth scheme: User");
        for (final ClientInfo identity : identities)
        {
            shell.terminal().out(identity.getAuthScheme() + ": " + identity.getUser());
        }
    }
}
