/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import io.caracal.server.metrics.CountersFile;
import io.caracal.server.metrics.CountersHeader;
import io.caracal.server.metrics.LatencyBuckets;
import io.caracal.server.metrics.RoleFigure;
import io.caracal.server.metrics.Vital;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of one server at one moment.
 *
 * @param header    of the file; identifies the server.
 * @param condition of the server.
 * @param atNs      when they were read, monotonic.
 * @param figures   counters and gauges by name.
 * @param rows      durations by name.
 */
record Sample(CountersHeader header, Condition condition, long atNs, Map<String, Long> figures,
    Map<String, long[]> rows)
{
    private static final long NS_PER_MS = 1_000_000L;

    /** Reads the file of figures in a runtime directory. */
    static Sample of(final Path directory) throws IOException
    {
        try (CountersFile file = CountersFile.open(directory))
        {
            final Map<String, Long> figures = new LinkedHashMap<>();
            file.reader().forEach((value, id, label) -> figures.put(label, value));
            final Map<String, long[]> rows = new LinkedHashMap<>();
            file.rows().all().forEach((name, row) -> rows.put(name, row.read()));
            final long nowNs = System.nanoTime();
            final long dueNs = figures.getOrDefault(label(Vital.LOOP_DUE_NS), 0L);
            final CountersHeader header = file.header();
            final Condition condition = Condition.of(directory, header, dueNs == 0 ? 0 : nowNs - dueNs);

            return new Sample(header, condition, nowNs, figures, rows);
        }
    }

    private static String label(final Vital vital)
    {
        return vital.name().toLowerCase(Locale.ROOT);
    }

    long figure(final String name)
    {
        return figures.getOrDefault(name, 0L);
    }

    long vital(final Vital vital)
    {
        return figure(label(vital));
    }

    /** How long the server has been running. */
    long sinceStartNs()
    {
        final long startedNs = vital(Vital.STARTED_NS);

        return Math.max(0, startedNs == 0 ? (System.currentTimeMillis() - header.startTimeMs()) * NS_PER_MS :
            atNs - startedNs);
    }

    String role()
    {
        return RoleFigure.of(vital(Vital.ROLE)).word();
    }

    /** How late the loop is; 0 when it is on time or has not begun to turn. */
    long lateMs()
    {
        final long dueNs = vital(Vital.LOOP_DUE_NS);

        return dueNs == 0 ? 0 : Math.max(0, (atNs - dueNs) / NS_PER_MS);
    }

    long[] row(final String name)
    {
        final long[] row = rows.get(name);

        return row == null ? new long[LatencyBuckets.COUNT] : row;
    }

    /** The one line that a person should read first. */
    String verdict()
    {
        final long seconds = lateMs() / 1_000;
        return switch (condition)
        {
            case RUNNING -> "running as " + role();
            case STOPPED -> "STOPPED by a signal or a debugger for " + seconds + " s: it answers nobody; kill -CONT " +
                header.pid() + " lets it go on";
            case STALLED -> "STALLED: its loop has not turned for " + seconds + " s; " + (header.nameSpaces()
                .hasOwnProcesses() ? "jstack " + header.pid() + " shows where it is" :
                    "it is " + header.process() +
                        ": look there whether it is stopped, and where it is (jstack)");
            case GONE -> "GONE: " + header.process() + " was killed or crashed " + seconds +
                " s ago; these are its last figures";
        };
    }
}
