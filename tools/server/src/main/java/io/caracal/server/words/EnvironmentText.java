/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The word {@code envi}: facts of the JVM and the machine. */
final class EnvironmentText
{
    private static final List<String> PROPERTIES = List.of("java.version", "java.vendor", "java.home",
        "java.class.path", "java.library.path", "java.io.tmpdir", "java.compiler", "os.name", "os.arch", "os.version",
        "user.name", "user.home", "user.dir");
    private static final long MEGABYTE = 1 << 20;

    private final String version;
    private String hostName;

    EnvironmentText(final String version)
    {
        this.version = version;
    }

    void write(final StringBuilder out)
    {
        out.append("Environment:\n");
        line(out, "zookeeper.version", version);
        line(out, "host.name", hostName());
        for (final String name : PROPERTIES)
        {
            line(out, name, System.getProperty(name, "<NA>"));
        }

        final Runtime runtime = Runtime.getRuntime();
        line(out, "os.memory.free", runtime.freeMemory() / MEGABYTE + "MB");
        line(out, "os.memory.max", runtime.maxMemory() / MEGABYTE + "MB");
        line(out, "os.memory.total", runtime.totalMemory() / MEGABYTE + "MB");
    }

    /** Asked for once: a resolver that hangs is not to hold up every answer. */
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

    private static void line(final StringBuilder out, final String key, final String value)
    {
        out.append(key).append('=').append(value).append('\n');
    }
}
