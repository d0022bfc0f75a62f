/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import io.caracal.shell.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replaces the data of a znode. */
@Command(name = "set", customSynopsis = "set path data [-s] [-v version] [-b]", description = "Replace the data of " +
    "a znode.")
final class SetData extends ShellCommand
{
    @Option(names = "-s", description = "Show the stat as well.")
    private boolean showStat;

    @Option(names = "-v", paramLabel = "version", description = "Only when this is its dataVersion.")
    private Integer version;

    @Option(names = "-b", description = "The data are given in base64.")
    private boolean isBase64;

    @Parameters(index = "0", paramLabel = "path", description = "Of the znode.")
    private String path;

    @Parameters(index = "1", paramLabel = "data", description = "Text, in quotes when it has blanks.")
    private String data;

    @Parameters(index = "2", arity = "0..1", paramLabel = "version", hidden = true)
    private String oldVersion;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        final Integer versionBehind = versionBehind(shell.terminal());
        final Stat stat = shell.client().setData(path, bytes(), DataVersion.wanted(version, versionBehind));
        if (showStat)
        {
            StatText.print(stat, shell.terminal());
        }
    }

    private byte[] bytes() throws CommandFailure
    {
        try
        {
            return isBase64 ? Base64.getDecoder().decode(data) : data.getBytes(StandardCharsets.UTF_8);
        }
        catch (final IllegalArgumentException failure)
        {
            throw new CommandFailure(failure.getMessage(), "With -b the data have to be base64, as get -b shows them.");
        }
    }

    private Integer versionBehind(final Terminal terminal) throws CommandFailure
    {
        if (oldVersion == null)
        {
            return null;
        }

        try
        {
            final int number = Integer.parseInt(oldVersion);
            terminal.err("'set path data [version]' has been deprecated. " +
                "Please use 'set path data [-s] [-v version] [-b]' instead.");
            return number;
        }
        catch (final NumberFormatException failure)
        {
            throw new CommandFailure(getClass().getAnnotation(Command.class).customSynopsis()[0],
                "Data with blanks go between quotes: set " + path + " '" + data + " " + oldVersion + "'");
        }
    }
}
