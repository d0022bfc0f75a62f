/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import io.caracal.shell.client.ConnectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * The arguments of the shell: options first, then perhaps one command.
 */
@Command(name = "zkCli.sh", sortOptions = false, customSynopsis = "zkCli.sh " +
    "[-server host:port[,host:port...][/chroot]] [-timeout ms] [-r] [-waitforconnection] " +
    "[-client-configuration file] [-q] [-v] [command args...]",
    description = {
        "A shell for servers that speak the ZooKeeper protocol. With a command it runs that one and exits 0, " +
            "or 1 when it failed. Without, it reads commands: from a person, or from a pipe.",
        "" },
    footer = { "", "Exit codes: 0 done, 1 the command failed, 2 the options are wrong." })
final class ShellOptions
{
    private static final String DEFAULT_SERVER = "localhost:2181";
    private static final int DEFAULT_TIMEOUT_MS = 30_000;

    @Option(names = "-server", paramLabel = "servers", description = "Where to connect to; default " + DEFAULT_SERVER +
        ".")
    private String servers = DEFAULT_SERVER;

    @Option(names = "-timeout", paramLabel = "ms", description = "Session timeout, and how long to wait for a " +
        "server; default " +
        DEFAULT_TIMEOUT_MS + ".")
    private int timeoutMs = DEFAULT_TIMEOUT_MS;

    @Option(names = "-r", description = "A read-only server will do.")
    private boolean readOnly;

    @Option(names = "-waitforconnection", description = "Give a server the whole timeout to answer.")
    private boolean waitForConnection;

    @Option(names = "-client-configuration", paramLabel = "file", description = "Properties of the client library: " +
        "TLS, SASL, limits.")
    private Path configuration;

    @Option(names = { "-q", "--quiet" }, description = "Only what the command prints: not a word about the connection.")
    private boolean isQuiet;

    @Option(names = { "-v", "--verbose" }, description = "Show what the client library logs.")
    private boolean isVerbose;

    @Option(names = { "-h",
        "--help" }, usageHelp = true, description = "Explain this, or with a command 'help' the commands.")
    private boolean isHelp;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> command = new ArrayList<>();

    private ShellOptions()
    {
    }

    static CommandLine parser()
    {
        return new CommandLine(new ShellOptions()).setSeparator(" ").setExpandAtFiles(false).setStopAtPositional(true)
            .setOverwrittenOptionsAllowed(true);
    }

    static ShellOptions parse(final CommandLine parser, final String... args)
    {
        parser.parseArgs(args);
        final ShellOptions options = parser.getCommand();
        if (options.timeoutMs <= 0)
        {
            throw new ParameterException(parser, "-timeout has to be above zero, not " + options.timeoutMs);
        }

        if (options.configuration != null && !Files.isReadable(options.configuration))
        {
            throw new ParameterException(parser, "-client-configuration names no readable file: " +
                options.configuration);
        }

        return options;
    }

    boolean isHelp()
    {
        return isHelp;
    }

    boolean isVerbose()
    {
        return isVerbose;
    }

    /** Words of the command to run; empty when commands are to be read from the input. */
    List<String> command()
    {
        return command;
    }

    ConnectOptions connectOptions()
    {
        return new ConnectOptions(servers, timeoutMs, readOnly, waitForConnection, configuration, isQuiet);
    }
}
