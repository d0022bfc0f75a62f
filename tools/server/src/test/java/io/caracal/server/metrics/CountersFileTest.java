/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of metrics that other processes read. */
class CountersFileTest
{
    private static final long MS = 1_000_000;

    @TempDir
    private Path dir;

    @Test
    void shouldBeReadableFromOutside() throws IOException
    {
        final CountersHeader header = new CountersHeader(ProcessHandle.current().pid(), 1_700_000_000_000L, "0.1",
            "/d");
        try (ServerMetrics metrics = ServerMetrics.shared(dir, header); CountersFile outside = CountersFile.open(dir))
        {
            final CountersSink sink = new CountersSink(metrics, () -> 0, () -> ThreadClock.UNKNOWN,
                new RecordingNews());
            sink.onCount(Count.PACKETS_SENT, 3);
            sink.onCount(Count.PACKETS_SENT, 4);
            sink.onGauge(Gauge.ZNODES, 9);
            final List<String> seen = new ArrayList<>();
            outside.reader().forEach((value, id, label) -> seen.add(label + "=" + value));

            assertEquals(header, outside.header());
            assertTrue(seen.contains("packets_sent=7"), seen.toString());
            assertTrue(seen.contains("znodes=9"), seen.toString());
            assertEquals(Count.values().length + Gauge.values().length + Traffic.values().length +
                Vital.values().length, seen.size());
        }

        assertFalse(Files.exists(dir.resolve(CountersFile.NAME)));
    }

    @Test
    void shouldReplaceWhatAKilledServerLeft() throws IOException
    {
        Files.write(dir.resolve(CountersFile.NAME), new byte[10_000]);

        assertThrows(IOException.class, () -> CountersFile.open(dir));
        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(1, 2, "v", "d")))
        {
            assertEquals(0, metrics.count(Count.COMMITS).get());
        }
    }

    @Test
    void shouldShowDurationsToOtherProcessesAlsoAfterAReset() throws IOException
    {
        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(1, 2, "v", "d"));
            CountersFile outside = CountersFile.open(dir))
        {
            metrics.forces().record(3 * MS);
            metrics.forces().record(90 * MS, 2);
            new MetricsView(metrics).reset();
            final long[] row = outside.rows().all().get(LatencyRows.FORCES).read();

            assertEquals(3, LatencyBuckets.count(row));
            assertEquals(LatencyBuckets.highestOf(LatencyBuckets.indexOf(90 * MS)), LatencyBuckets.percentileNs(row,
                100));
            assertEquals(LatencyBuckets.highestOf(LatencyBuckets.indexOf(3 * MS)), LatencyBuckets.percentileNs(row,
                33));
            assertEquals(0, LatencyBuckets.count(outside.rows().all().get(LatencyRows.STAGE + "apply").read()));
        }
    }

    @Test
    void shouldCountRepliesOfSeveralThreads() throws IOException, InterruptedException
    {
        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(1, 2, "v", "/d")))
        {
            final int threads = 4;
            final int flushes = 10_000;
            final List<Thread> gateways = new ArrayList<>();
            for (int i = 0; i < threads; i++)
            {
                gateways.add(new Thread(() ->
                {
                    for (int flush = 0; flush < flushes; flush++)
                    {
                        metrics.stage(Stage.REPLY).record(MS, 3);
                    }
                }));
            }
            gateways.forEach(Thread::start);
            for (final Thread gateway : gateways)
            {
                gateway.join();
            }

            assertEquals(3L * threads * flushes, new MetricsView(metrics).stage(Stage.REPLY).count());
            try (CountersFile outside = CountersFile.open(dir))
            {
                assertEquals(3L * threads * flushes, LatencyBuckets.count(outside.rows().all().get(LatencyRows.STAGE +
                    "reply").read()));
            }
        }
    }

    @Test
    void shouldPrintTheFile() throws IOException
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final CountersCommand command = new CountersCommand(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(out, true, StandardCharsets.UTF_8));
        assertEquals(3, command.run(dir.toString()));
        assertEquals(2, command.run("a", "b"));

        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(1, 2, "v", "/some/data")))
        {
            metrics.count(Count.COMMITS).increment();
            assertEquals(0, command.run(dir.toString()));
        }

        final String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("/some/data"), text);
        assertTrue(text.matches("(?s).*\ncommits +1\n.*"), text);
    }

    /** If memory has no room for a page of the file, the first access would end the server. */
    @Test
    void shouldTakeItsRoomAtOnce() throws IOException, InterruptedException
    {
        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(1, 2, "v", "/some/data")))
        {
            assertEquals(0, metrics.count(Count.COMMITS).get());
            final Path file = dir.resolve(CountersFile.NAME);
            final Process stat = new ProcessBuilder("stat", "-c", "%b %B", file.toString()).redirectErrorStream(true)
                .start();
            final String text = new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertEquals(0, stat.waitFor(), text);

            final String[] blocks = text.split(" ", -1);
            assertTrue(Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]) >= Files.size(file), text);
        }
    }

    /** Scripts parse the output. */
    @Test
    void shouldPrintTheSameDigitsWhateverTheLocale() throws IOException
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        final Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(1, 2, "v", "/some/data")))
        {
            metrics.count(Count.COMMITS).increment();
            metrics.stage(Stage.REPLY).record(MS, 3);
            assertEquals(0, new CountersCommand(print, print).run(dir.toString()));
        }
        finally
        {
            Locale.setDefault(before);
        }

        final String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.matches("(?s).*\ncommits +1\n.*"), text);
        assertTrue(text.contains(" count 3, "), text);
    }
}
