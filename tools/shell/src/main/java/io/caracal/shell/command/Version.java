/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import picocli.CommandLine.Command;

/** Shows the versions of the client library and of the shell. */
@Command(name = "version", customSynopsis = "version", description = "Show the versions of client library and shell.")
final class Version extends ShellCommand
{
    @Override
    protected void run(final Shell shell)
    {
        shell.terminal().out("ZooKeeper CLI version: " + org.apache.zookeeper.Version.getFullVersion());
        final String own = Version.class.getPackage().getImplementationVersion();
        shell.terminal().out("Caracal shell version: " + (own == null ? "from source" : own));
    }
}
