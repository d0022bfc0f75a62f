/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Apache ZooKeeper with its defaults. The heap limit is that of its start script (1000 MB) unless another one is
 * requested, and the JVM chooses the collector. The AdminServer is off, because its port is not needed here, and the
 * number of connections from one address is not limited.
 */
public final class ZooKeeperKind implements ServerKind
{
    static final String NAME = "zookeeper";

    /** Largest heap, as its start script sets it. */
    public static final String HEAP = "1000m";

    private static final String MAIN_CLASS = "org.apache.zookeeper.server.quorum.QuorumPeerMain";
    private static final String LOGBACK = """
        <configuration>
          <appender name="FILE" class="ch.qos.logback.core.FileAppender">
            <file>%s</file>
            <encoder><pattern>%%d %%-5level %%logger{0} - %%msg%%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="FILE"/></root>
        </configuration>
        """;

    private final String heap;

    /**
     * Creates ZooKeeper with a heap of the given size.
     *
     * @param heap largest size, as -Xmx takes it.
     * @throws IllegalArgumentException when it is not a size.
     */
    public ZooKeeperKind(final String heap)
    {
        if (!heap.matches("[1-9][0-9]{0,9}[kKmMgG]"))
        {
            throw new IllegalArgumentException("'" + heap + "' is no size of a heap: say for example 8g or 1000m");
        }

        this.heap = heap;
    }

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public Optional<String> missing()
    {
        return Optional.empty();
    }

    @Override
    public String describe(final boolean forceSync)
    {
        return "Apache ZooKeeper " + version() + ", -Xmx" + heap + (HEAP.equals(heap) ? " as its start script sets" :
            "") +
            ", defaults (snapCount 100000, preAllocSize 64 MB), AdminServer off, maxClientCnxns 0, forceSync=" +
            (forceSync ? "yes" : "no");
    }

    /**
     * Returns ZooKeeper's version. The class is looked up by name, because the class files of ZooKeeper have
     * annotations that are not on the class path of the compiler.
     */
    private static String version()
    {
        try
        {
            return Class.forName(MAIN_CLASS, false, ZooKeeperKind.class.getClassLoader()).getPackage()
                .getImplementationVersion();
        }
        catch (final ClassNotFoundException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public boolean keepsTree()
    {
        return true;
    }

    @Override
    public List<String> launch(final Path dir, final Path config, final boolean forceSync) throws IOException
    {
        final Path logback = dir.resolve("logback.xml");
        Files.writeString(logback, LOGBACK.formatted(dir.resolve("server.log")));
        return JavaCommand.of(
            List.of("-Xmx" + heap, "-Dlogback.configurationFile=" + logback,
                "-Dzookeeper.forceSync=" + (forceSync ? "yes" : "no")),
            MAIN_CLASS, List.of(config.toString()));
    }
}
