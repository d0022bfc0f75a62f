/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import io.caracal.server.EnsembleContext;
import io.caracal.server.ServerEnsemble;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Main class of three Caracal servers in one process: zoo.cfg as argument, "ready PORT" of a follower on standard
 * output. All clients of a suite go through the same member: what one of them wrote another may read at once.
 */
public final class EnsembleHost
{
    private static final int SIZE = 3;

    private EnsembleHost()
    {
    }

    public static void main(final String[] arguments) throws IOException
    {
        Orphan.guard();
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8))
        {
            properties.load(reader);
        }

        final EnsembleContext context = new EnsembleContext().directory(Path.of(properties.getProperty("dataDir")));
        properties.stringPropertyNames().stream().filter(key -> !"dataDir".equals(key))
            .forEach(key -> context.set(key, properties.getProperty(key)));
        final ServerEnsemble ensemble = ServerEnsemble.launch(SIZE, context);
        Runtime.getRuntime().addShutdownHook(new Thread(ensemble::close, "close"));
        final long follower = ensemble.leader() % SIZE + 1;
        System.out.println("ready " + ensemble.server(follower).clientPort());
        ensemble.server(follower).failure().join().printStackTrace();
        Runtime.getRuntime().halt(1);
    }
}
