/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Opens a new session. */
@Command(name = "connect", customSynopsis = "connect host:port", description = "Open a new session, there or where " +
    "the last one was.")
final class Connect extends ShellCommand
{
    @Parameters(index = "0", arity = "0..1", paramLabel = "servers", description = "host:port[,host:port...][/chroot].")
    private String servers;

    @Override
    protected void run(final Shell shell) throws CommandFailure, InterruptedException
    {
        shell.connection().open(servers == null ? shell.connection().servers() : servers);
        shell.connection().awaitReachable();
    }
}
