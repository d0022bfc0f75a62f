/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

import io.caracal.bench.load.LoadCommand;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caracal bench nothing}: runs the do-nothing server in the foreground. */
@Command(name = "nothing", mixinStandardHelpOptions = true, sortOptions = false,
    description = "A server that only answers, and forces a file before it answers writes: the physical limit.")
public final class NothingCommand implements Callable<Integer>
{
    /** Default length of the forced file in bytes. */
    public static final long FILE_LENGTH = 256L << 20;

    private static final int PAYLOAD_MAX = 1_000_000;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Default ${DEFAULT-VALUE}.")
    private String host;

    @Option(names = "--port", defaultValue = "2181", description = "0 for any (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--file", defaultValue = "caracal-nothing.bin",
        description = "What is forced; created or overwritten (default ${DEFAULT-VALUE}).")
    private Path file;

    @Option(names = "--force", defaultValue = "auto",
        description = "auto, inline (by the loop), thread (by its own), none (default ${DEFAULT-VALUE}).")
    private String force;

    @Option(names = "--payload", defaultValue = "100", description = "Bytes per znode (default ${DEFAULT-VALUE}).")
    private int payloadLength;

    @Override
    public Integer call() throws Exception
    {
        if (payloadLength < 0 || payloadLength > PAYLOAD_MAX)
        {
            throw new IllegalArgumentException("--payload is 0 to " + PAYLOAD_MAX + ", not " + payloadLength);
        }

        try (NothingServer server = new NothingServer(LoadCommand.resolved(new InetSocketAddress(host, port)), file,
            FILE_LENGTH, forcing(), payloadLength))
        {
            System.out.println("serving clients on " + host + ":" + server.address().getPort() + " as nothing");
            server.join();
        }

        return 0;
    }

    private Forcing forcing()
    {
        return Arrays.stream(Forcing.values()).filter(each -> each.name().toLowerCase(Locale.ROOT).equals(force))
            .findFirst().orElseThrow(
                () -> new IllegalArgumentException("--force is auto, inline, thread or none, not '" + force + "'"));
    }
}
