/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.server.console.EmptyArgument;
import io.caracal.server.console.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/** {@code caracal counters}: prints the counters file of a server, even if that server hangs or was killed. */
public final class CountersCommand
{
    private static final String USAGE = "usage: caracal counters [DATADIR]    default: ./caracal-data";

    private final PrintStream out;
    private final PrintStream err;

    /**
     * Creates the command.
     *
     * @param out receives the results.
     * @param err receives the errors.
     */
    public CountersCommand(final PrintStream out, final PrintStream err)
    {
        this.out = out;
        this.err = err;
    }

    /**
     * Entry point.
     *
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        Results.end(out -> new CountersCommand(out, System.err).run(args));
    }

    /**
     * Runs the command.
     *
     * @param args of the command line.
     * @return exit code: 0, 2 for a wrong command line, 3 when there is nothing to read.
     */
    public int run(final String... args)
    {
        if (EmptyArgument.isAmong(args))
        {
            err.println(EmptyArgument.MESSAGE + "\n" + USAGE);
            return 2;
        }
        if (args.length > 1 || (args.length == 1 && args[0].startsWith("-")))
        {
            final boolean isHelp = "-h".equals(args[0]) || "--help".equals(args[0]);
            (isHelp ? out : err).println(USAGE);
            return isHelp ? 0 : 2;
        }

        final Path directory = Path.of(args.length == 1 ? args[0] : "caracal-data");
        try
        {
            final boolean isCountersDirectory = Files.exists(directory.resolve(CountersFile.NAME));
            print(isCountersDirectory ? directory : RuntimeDirectory.of(directory));
            return 0;
        }
        catch (final IOException ex)
        {
            err.println("no counters of a server with the data directory " + directory + " (" + ex.getMessage() +
                "); name the dataDir of a server that runs or was killed on this machine");
            return 3;
        }
    }

    /** Prints a row, unless it is empty. */
    private void print(final String name, final long[] buckets)
    {
        final long count = LatencyBuckets.count(buckets);
        if (count > 0)
        {
            out.printf(Locale.ROOT, "%-28s count %d, p50 %d, p99 %d, p999 %d, max %d ns%n", name, count,
                LatencyBuckets.percentileNs(buckets, 50), LatencyBuckets.percentileNs(buckets, 99),
                LatencyBuckets.percentileNs(buckets, 99.9), LatencyBuckets.percentileNs(buckets, 100));
        }
    }

    private void print(final Path directory) throws IOException
    {
        try (CountersFile file = CountersFile.open(directory))
        {
            final CountersHeader header = file.header();
            out.println("pid        " + header.pid() + (header.nameSpaces().hasOwnProcesses() ? "" :
                " of another container") + (RuntimeLease.isAlive(directory, header) ? "" : " (gone)"));
            out.println("started    " + Instant.ofEpochMilli(header.startTimeMs()));
            out.println("version    " + header.version());
            out.println("data       " + header.dataDir());
            file.reader().forEach((value, id, label) -> out.printf(Locale.ROOT, "%-28s %d%n", label, value));
            file.rows().all().forEach((name, row) -> print(name, row.read()));
        }
    }
}
