/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the data of a znode. */
@Command(name = "get", customSynopsis = "get [-s] [-w] [-b] [-x] path", description = "Show the data of a znode.")
final class Get extends ShellCommand
{
    @Option(names = "-s", description = "Show the stat as well.")
    private boolean showStat;

    @Option(names = "-w", description = "Watch for its next change.")
    private boolean watch;

    @Option(names = "-b", description = "Show the data in base64.")
    private boolean isBase64;

    @Option(names = "-x", description = "Show the data as a hexdump.")
    private boolean isHexDump;

    @Parameters(index = "0", paramLabel = "path", description = "Of the znode.")
    private String path;

    @Parameters(index = "1", arity = "0..1", paramLabel = "watch", hidden = true)
    private String oldWatch;

    @Override
    protected void run(final Shell shell) throws CommandFailure, KeeperException, InterruptedException
    {
        if (oldWatch != null)
        {
            shell.terminal().err("'get path [watch]' has been deprecated. Please use 'get [-s] [-w] path' instead.");
        }

        final Stat stat = new Stat();
        final byte[] data = shell.client().getData(path, watch || oldWatch != null, stat);
        shell.terminal().out(text(data == null ? "null".getBytes(StandardCharsets.UTF_8) : data));
        if (showStat)
        {
            StatText.print(stat, shell.terminal());
        }
    }

    private String text(final byte[] data)
    {
        if (isHexDump)
        {
            return HexDump.of(data);
        }

        return isBase64 ? Base64.getEncoder().encodeToString(data) : new String(data, StandardCharsets.UTF_8);
    }
}
