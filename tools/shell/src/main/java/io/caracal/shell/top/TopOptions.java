/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code caracal top}. */
@Command(name = "caracal top",
    description = "Figures of servers on this machine, also of one that hangs or was killed.",
    footer = { "", "Without DATADIR: all servers that this user may look at. On the screen: a number or n chooses " +
        "one, q ends. Exit code with --once or --json: 0, 1 when a server is gone, stopped or stalled, 3 when there " +
        "is none." })
final class TopOptions
{
    @Parameters(paramLabel = "DATADIR", arity = "0..1", description = "dataDir of the server to look at")
    private Path dataDir;

    @Option(names = "--once", description = "print once, over one interval, and end")
    private boolean isOnce;

    @Option(names = "--json", description = "as --once, one line of JSON for each server")
    private boolean isJson;

    @Option(names = "--interval", paramLabel = "MS", defaultValue = "1000",
        description = "milliseconds between two looks; 0 with --once: figures since the start (${DEFAULT-VALUE})")
    private int intervalMs;

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "print this")
    private boolean isHelp;

    Path dataDir()
    {
        return dataDir;
    }

    boolean isOnce()
    {
        return isOnce || isJson;
    }

    boolean isJson()
    {
        return isJson;
    }

    int intervalMs()
    {
        return intervalMs;
    }

    boolean isHelp()
    {
        return isHelp;
    }
}
