/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.BiConsumer;

/** Renders facts about the JVM and the machine, as the word {@code envi} does. */
public final class EnvironmentText
{
    private static final List<String> PROPERTIES = List.of("java.version", "java.vendor", "java.home",
        "java.class.path", "java.library.path", "java.io.tmpdir", "java.compiler", "os.name", "os.arch", "os.version",
        "user.name", "user.home", "user.dir");
    private static final long MEGABYTE = 1 << 20;

    private final String version;
    private volatile String hostName;

    /**
     * Creates an instance.
     *
     * @param version of the server, in the format that tools expect.
     */
    public EnvironmentText(final String version)
    {
        this.version = version;
    }

    void write(final StringBuilder out)
    {
        out.append("Environment:\n");
        variables((key, value) -> out.append(key).append('=').append(value).append('\n'));
    }

    /**
     * Passes on all facts.
     *
     * @param variables receives each name and value.
     */
    public void variables(final BiConsumer<String, String> variables)
    {
        variables.accept("zookeeper.version", version);
        variables.accept("host.name", hostName());
        for (final String name : PROPERTIES)
        {
            variables.accept(name, System.getProperty(name, "<NA>"));
        }

        final Runtime runtime = Runtime.getRuntime();
        variables.accept("os.memory.free", runtime.freeMemory() / MEGABYTE + "MB");
        variables.accept("os.memory.max", runtime.maxMemory() / MEGABYTE + "MB");
        variables.accept("os.memory.total", runtime.totalMemory() / MEGABYTE + "MB");
    }

    /**
     * Returns the name of this host. It is looked up only once, so that a hanging resolver does not delay every answer.
     */
    private String hostName()
    {
        if (hostName == null)
        {
            try
            {
                hostName = InetAddress.getLocalHost().getCanonicalHostName();
            }
            catch (final UnknownHostException ex)
            {
                hostName = "<NA>";
            }
        }

        return hostName;
    }
}
