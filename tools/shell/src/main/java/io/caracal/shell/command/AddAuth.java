/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.nio.charset.StandardCharsets;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.admin.ZooKeeperAdmin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Adds an identity to the session. */
@Command(name = "addauth", customSynopsis = "addauth scheme auth", description = "Add an identity to the session.")
final class AddAuth extends ShellCommand
{
    @Parameters(index = "0", paramLabel = "scheme", description = "Usually digest.")
    private String scheme;

    @Parameters(index = "1", arity = "0..1", paramLabel = "auth", description = "For digest: user:password.")
    private String auth;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        final ZooKeeperAdmin client = shell.client();
        client.addAuthInfo(scheme, auth == null ? null : auth.getBytes(StandardCharsets.UTF_8));
        try
        {
            // The library does not report whether the server accepted the identity. The next reply does.
            client.exists("/", false);
        }
        catch (final KeeperException.NoAuthException answered)
        {
            // The identity was accepted; it just may not read this znode.
        }
        catch (final KeeperException.ConnectionLossException | KeeperException.AuthFailedException failure)
        {
            throw refused();
        }
    }

    private CommandFailure refused()
    {
        return new CommandFailure("Authentication failed for scheme " + scheme,
            "The server ended the session; connect opens a new one. A digest identity is written user:password.");
    }
}
