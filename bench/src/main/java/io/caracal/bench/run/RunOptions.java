/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.run;

import io.caracal.bench.servers.ServerKinds;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import picocli.CommandLine.Option;

/** Options of every command that measures servers side by side. */
public final class RunOptions
{
    @Option(names = "--quick", description = "Short rounds and small trees: an impression.")
    private boolean quick;

    @Option(names = "--check", description = "Exits with 1 when a figure that is promised for one of the measured " +
        "shapes is missed or was not measured. What is promised of another size than that of this run is not judged.")
    private boolean check;

    @Option(names = "--html", paramLabel = "FILE", defaultValue = "caracal-bench.html",
        description = "Where to write the report as one page with plots (default ${DEFAULT-VALUE}).")
    private Path html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Writes the report as Markdown as well.")
    private Path markdown;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all samples, latencies and series as JSON.")
    private Path json;

    @Option(names = "--compare", paramLabel = "FILE", arity = "2",
        description = "Measures nothing, but compares two reports that --json wrote, the older one first.")
    private List<Path> compare = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each server (default 5, quick 3).")
    private Long rounds;

    @Option(names = "--warm-up", paramLabel = "MS",
        description = "Before each sample (default 1000, quick 500); thrice as long before the first of a shape.")
    private Long warmUpMs;

    @Option(names = "--duration", paramLabel = "MS", description = "Of each sample (default 1500, quick 1000).")
    private Long durationMs;

    @Option(names = "--force-sync", defaultValue = "yes",
        description = "yes: writes are on the disk before they are answered; no: not (default ${DEFAULT-VALUE}).")
    private String forceSync;

    @Option(names = "--zookeeper-heap", paramLabel = "SIZE", defaultValue = ServerKinds.REFERENCE_HEAP,
        description = "-Xmx of ZooKeeper (default ${DEFAULT-VALUE}, as its start script sets); ten million znodes " +
            "need 8g.")
    private String zooKeeperHeap;

    @Option(names = "--dir", defaultValue = "caracal-bench-data",
        description = "Where the servers keep their data; made and removed (default ${DEFAULT-VALUE}).")
    private Path dir;

    @Option(names = "--keep", description = "Leaves that directory, with what the servers logged.")
    private boolean keep;

    /**
     * Whether a quick impression is enough.
     *
     * @return true for short rounds.
     */
    public boolean isQuick()
    {
        return quick;
    }

    /**
     * Returns where servers keep their data.
     *
     * @return one directory on one disk for all of them.
     */
    public Path dir()
    {
        return dir;
    }

    /**
     * Returns the number of turns of each server.
     *
     * @return at least 1.
     */
    public int rounds()
    {
        return (int)or("--rounds", rounds, 5, 3);
    }

    /**
     * Returns the time of unmeasured load before each sample.
     *
     * @return milliseconds.
     */
    public long warmUpMs()
    {
        return warmUpMs == null ? or("", null, 1_000, 500) : inRange("--warm-up", warmUpMs, 0, Integer.MAX_VALUE);
    }

    /**
     * Returns the length of each sample.
     *
     * @return milliseconds.
     */
    public long durationMs()
    {
        return or("--duration", durationMs, 1_500, 1_000);
    }

    /**
     * Whether writes are durable before they are answered.
     *
     * @return false only if that was requested.
     * @throws IllegalArgumentException when the option is neither yes nor no.
     */
    public boolean isForced()
    {
        if (!Set.of("yes", "no").contains(forceSync))
        {
            throw new IllegalArgumentException("--force-sync is yes or no");
        }

        return "yes".equals(forceSync);
    }

    /**
     * Returns the given value of an option, or its default.
     *
     * @param name  of the option.
     * @param given value as typed; null if it was not given.
     * @param full  default for a full run.
     * @param brief default for a quick impression.
     * @return the value.
     * @throws IllegalArgumentException when the value is less than 1 or more than anybody can wait for.
     */
    public long or(final String name, final Long given, final long full, final long brief)
    {
        if (given == null)
        {
            return quick ? brief : full;
        }

        return inRange(name, given, 1, Integer.MAX_VALUE);
    }

    /**
     * Checks that the value of an option is in range.
     *
     * @param name  of the option.
     * @param value as typed, or the default.
     * @param min   least value allowed.
     * @param max   greatest value allowed.
     * @return the value.
     * @throws IllegalArgumentException when the value is out of range.
     */
    public static long inRange(final String name, final long value, final long min, final long max)
    {
        if (value < min || value > max)
        {
            throw new IllegalArgumentException(name + " is " + min + " to " + max + ", not " + value);
        }

        return value;
    }

    /**
     * Returns what to type to repeat the run.
     *
     * @return options with their values, defaults included.
     */
    public String typed()
    {
        return (quick ? "--quick " : "") + "--rounds " + rounds() + " --warm-up " + warmUpMs() + " --duration " +
            durationMs() + " --force-sync " +
            forceSync + " --zookeeper-heap " + zooKeeperHeap;
    }

    /**
     * Returns the largest heap of ZooKeeper.
     *
     * @return the size as -Xmx takes it.
     */
    public String zooKeeperHeap()
    {
        return zooKeeperHeap;
    }

    /**
     * Whether the measured figures are checked against the promises.
     *
     * @return true if that was requested.
     */
    public boolean isChecked()
    {
        return check;
    }

    boolean isKept()
    {
        return keep;
    }

    Path html()
    {
        return html;
    }

    Path markdown()
    {
        return markdown;
    }

    Path json()
    {
        return json;
    }

    List<Path> compare()
    {
        return compare;
    }
}
