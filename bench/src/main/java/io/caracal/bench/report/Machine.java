/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes the machine on which the figures were measured: facts that a reader needs to judge and to repeat them. */
public final class Machine
{
    /** Stands for a fact that the machine does not tell, which is no reason not to measure. */
    private static final String UNKNOWN = "unknown";

    private Machine()
    {
    }

    /**
     * Returns the facts by name, in the order in which they are shown.
     *
     * @param dataDir existing directory in which the servers keep their data.
     * @return names and values.
     */
    public static Map<String, String> facts(final Path dataDir)
    {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("processor", procLine("/proc/cpuinfo", "model name") + ", " +
            Runtime.getRuntime().availableProcessors() + " cores seen by the JVM");
        facts.put("memory", procLine("/proc/meminfo", "MemTotal"));
        facts.put("system", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        facts.put("load average at start", firstLine("/proc/loadavg"));
        facts.put("data disk", disk(dataDir));
        facts.put("java",
            property("java.vm.name") + " " + property("java.vm.version") + ", " + property("java.vendor"));
        facts.put("JVM flags of the load generator", generatorFlags());
        return facts;
    }

    private static String generatorFlags()
    {
        final List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return flags.isEmpty() ? "none" : String.join(" ", flags);
    }

    private static String disk(final Path dataDir)
    {
        try
        {
            return Files.getFileStore(dataDir).type() + " on " + Files.getFileStore(dataDir).name();
        }
        catch (final IOException ex)
        {
            return UNKNOWN;
        }
    }

    private static String procLine(final String file, final String key)
    {
        try
        {
            return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst().orElse(UNKNOWN);
        }
        catch (final IOException ex)
        {
            return UNKNOWN;
        }
    }

    private static String firstLine(final String file)
    {
        try
        {
            return Files.readAllLines(Path.of(file)).get(0);
        }
        catch (final IOException ex)
        {
            return UNKNOWN;
        }
    }

    private static String property(final String key)
    {
        return System.getProperty(key, UNKNOWN);
    }
}
