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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of metrics that other processes read. */
class CountersFileTest
{
    private static final long MS = 1_000_000;
    private static final int VERSION_LENGTH_OFFSET = 28;
    private static final int DATA_DIR_LENGTH_OFFSET = VERSION_LENGTH_OFFSET + Integer.BYTES + 1;
    private static final int NAME_SPACES_LENGTH_OFFSET = DATA_DIR_LENGTH_OFFSET + Integer.BYTES + 2;
    private static final int FIRST_LABEL_OFFSET = 4096 + CountersReader.LABEL_OFFSET;

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
    void shouldSayWhatIsWrongWithAFileThatWasCutOrIsOfAnotherLayout() throws IOException
    {
        final byte[] whole = wholeFile();

        assertFault(" has 10000 bytes, fewer than the " + whole.length + " of layout 2; the next start of its server " +
            "makes it anew", Arrays.copyOf(whole, 10_000));
        assertFault(" is too short to be a counters file", Arrays.copyOf(whole, 100));
        assertFault(" has layout 3, this program reads layout 2", with(whole, 0, 3));
    }

    /** Lengths beyond what they are in are refused at once, so that nobody who reads the file trips over them later. */
    @ParameterizedTest
    @CsvSource({ VERSION_LENGTH_OFFSET + ", -5", VERSION_LENGTH_OFFSET + ", 5000", VERSION_LENGTH_OFFSET +
        ", 2000000000", DATA_DIR_LENGTH_OFFSET + ", -1", DATA_DIR_LENGTH_OFFSET + ", 4096",
        DATA_DIR_LENGTH_OFFSET +
            ", 4059",
        NAME_SPACES_LENGTH_OFFSET + ", -9", NAME_SPACES_LENGTH_OFFSET + ", 100000000",
        FIRST_LABEL_OFFSET + ", -7", FIRST_LABEL_OFFSET + ", 381", FIRST_LABEL_OFFSET + ", 1000000" })
    void shouldRefuseAFileWithADamagedLength(final int offset, final int length) throws IOException
    {
        assertFault(" is damaged; the next start of its server makes it anew", with(wholeFile(), offset, length));
    }

    @Test
    void shouldReadAFileWhoseTextsFillTheHeader() throws IOException
    {
        final CountersHeader header = new CountersHeader(1, 2, "v", "/d".repeat(2500));
        try (ServerMetrics metrics = ServerMetrics.shared(dir, header); CountersFile outside = CountersFile.open(dir))
        {
            assertEquals(0, metrics.count(Count.COMMITS).get());
            assertTrue(outside.header().dataDir().startsWith("/d/d"), outside.header().toString());
        }
    }

    private byte[] wholeFile() throws IOException
    {
        try (ServerMetrics metrics = ServerMetrics.shared(dir, new CountersHeader(1, 2, "v", "/d")))
        {
            metrics.count(Count.COMMITS).increment();
            return Files.readAllBytes(dir.resolve(CountersFile.NAME));
        }
    }

    private static byte[] with(final byte[] bytes, final int offset, final int value)
    {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
        return bytes;
    }

    private void assertFault(final String fault, final byte[] bytes) throws IOException
    {
        final Path file = Files.write(dir.resolve(CountersFile.NAME), bytes);
        assertEquals(file + fault, assertThrows(IOException.class, () -> CountersFile.open(dir)).getMessage());
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
