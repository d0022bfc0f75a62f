/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Changes the members of the ensemble. */
@Command(name = "reconfig", customSynopsis = "reconfig [-s] [-v version] [[-file path] | " +
    "[-members serverID=host:port1:port2;port3[,...]*]] | " +
    "[-add serverId=host:port1:port2;port3[,...]]* [-remove serverId[,...]*]",
    description = "Change who forms the " +
        "ensemble.")
final class Reconfig extends ShellCommand
{
    @Option(names = "-s", description = "Show the stat as well.")
    private boolean showStat;

    @Option(names = "-v", paramLabel = "version", description = "Only when this, in hexadecimal, is the present " +
        "version.")
    private String version;

    @Option(names = "-file", paramLabel = "path", description = "File with all members, as zoo.cfg has them.")
    private Path file;

    @Option(names = "-members", paramLabel = "servers", description = "All members, commas between.")
    private String members;

    @Option(names = "-add", paramLabel = "servers", description = "Servers that join, commas between.")
    private String joining;

    @Option(names = "-remove", paramLabel = "ids", description = "Ids of servers that leave, commas between.")
    private String leaving;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        checkCombination();
        final Stat stat = new Stat();
        final byte[] config = shell.client().reconfigure(lower(joining), lower(leaving), allMembers(), versionNumber(),
            stat);

        shell.terminal().out("Committed new configuration:\n" + new String(config, StandardCharsets.UTF_8));
        if (showStat)
        {
            StatText.print(stat, shell.terminal());
        }
    }

    private void checkCombination() throws CommandFailure
    {
        final boolean isWhole = file != null || members != null;
        final boolean isIncremental = joining != null || leaving != null;
        if (!isWhole && !isIncremental)
        {
            throw new CommandFailure(String.join("", getClass().getAnnotation(Command.class).customSynopsis()),
                "Say what to change.");
        }
        if (isWhole && isIncremental)
        {
            throw new CommandFailure("Can't use -file or -members together with -add or -remove (mixing incremental" +
                " and non-incremental modes is not allowed)");
        }
        if (file != null && members != null)
        {
            throw new CommandFailure("Can't use -file and -members together (conflicting non-incremental modes)");
        }
    }

    private long versionNumber() throws CommandFailure
    {
        try
        {
            return version == null ? -1 : Long.parseLong(version, 16);
        }
        catch (final NumberFormatException failure)
        {
            throw new CommandFailure("-v must be followed by a long (configuration version)",
                "config shows it in its last line, in hexadecimal.");
        }
    }

    private String allMembers() throws CommandFailure
    {
        return file == null ? lower(members) : MembersFile.read(file);
    }

    private static String lower(final String text)
    {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
