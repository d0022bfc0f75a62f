/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/**
 * Main class that runs the servers of an ensemble in one process. Takes zoo.cfg and ports as arguments, first those for
 * clients, then those between servers, and prints "ready" on standard output.
 */
public final class EnsembleHost
{
    /** Number of servers in the ensemble. */
    static final int SIZE = 3;

    private static final Duration SERVING_MAX = Duration.ofSeconds(100);

    private EnsembleHost()
    {
    }

    public static void main(final String[] arguments) throws Exception
    {
        Orphan.guard();
        final Properties properties = ServerSettings.read(Path.of(arguments[0]));
        final int[] ports = Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
        final List<Server> servers = new ArrayList<>();
        for (int id = 1; id <= SIZE; id++)
        {
            servers.add(Server.launch(context(properties, ports, id)));
        }

        Runtime.getRuntime().addShutdownHook(new Thread(() -> servers.forEach(Server::close), "close"));
        for (final Server server : servers)
        {
            if (!server.awaitServing(SERVING_MAX))
            {
                throw new AssertionError("no leader within " + SERVING_MAX);
            }
        }

        System.out.println("ready");
        CompletableFuture.anyOf(servers.stream().map(Server::failure).toArray(CompletableFuture[]::new))
            .thenAccept(failure -> ((Throwable)failure).printStackTrace()).join();
        Runtime.getRuntime().halt(1);
    }

    private static ServerContext context(final Properties properties, final int[] ports, final int id)
        throws Exception
    {
        final Path data = Files.createDirectories(Path.of(properties.getProperty("dataDir"), Integer.toString(id)));
        Files.writeString(data.resolve("myid"), id + "\n");
        final ServerContext context = new ServerContext();
        properties.stringPropertyNames().forEach(key -> context.set(key, properties.getProperty(key)));
        for (int i = 0; i < SIZE; i++)
        {
            context.set("server." + (i + 1), "127.0.0.1:" + ports[SIZE + i] + ":" + ports[2 * SIZE + i] +
                ":participant;127.0.0.1:" + ports[i]);
        }

        return context.dataDir(data);
    }
}
