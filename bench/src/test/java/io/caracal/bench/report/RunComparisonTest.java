/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonTest
{
    @TempDir
    private Path dir;

    @Test
    void shouldTellAChangeFromTheSpread() throws IOException
    {
        final String text = new RunComparison(report("a", 100, 110, 120, "5 rounds"), report("b", 90, 115, 200,
            "5 rounds")).format();
        final String apart = new RunComparison(report("c", 100, 110, 120, "5 rounds"), report("d", 121, 132, 140,
            "5 rounds")).format();

        assertTrue(text.contains("+4.5 %  within the spread"), text);
        assertTrue(apart.contains("+20.0 %"), apart);
        assertFalse(apart.contains("within the spread"), apart);
        assertFalse(apart.contains("NOT THE SAME"), apart);
    }

    @Test
    void shouldSayWhatWasNotTheSame() throws IOException
    {
        final Figures more = new Figures();
        more.add("idle", "cpu", "caracal", "%", 1.0);
        final String text = new RunComparison(report("a", 1, 2, 3, "5 rounds"), write("b", more, "3 rounds")).format();

        assertTrue(text.contains("NOT THE SAME  parameters: \"5 rounds\" before, \"3 rounds\" after"), text);
        assertTrue(text.contains("only before: reads rate caracal"), text);
        assertTrue(text.contains("only after: idle cpu caracal"), text);
    }

    /** Another collector or heap may make the whole difference between two runs. */
    @Test
    void shouldSayThatAServerHadOtherFlagsOrRanInOneRunOnly() throws IOException
    {
        final Figures before = new Figures();
        before.addFact("JVM of caracal", "-Xmx1g; collector: Serial");
        final Figures after = new Figures();
        after.addFact("JVM of caracal", "-Xmx2g; collector: G1");
        after.addFact("JVM of zookeeper", "no flags; collector: G1");
        final JsonObject old = write("a", before, "");
        final String text = new RunComparison(old, write("b", after, "")).format();
        old.remove("facts");
        final String older = new RunComparison(old, write("c", before, "")).format();

        assertTrue(text.contains("NOT THE SAME  JVM of caracal: \"-Xmx1g; collector: Serial\" before, " +
            "\"-Xmx2g; collector: G1\" after"), text);
        assertTrue(text.contains("NOT THE SAME  JVM of zookeeper: null before, \"no flags; collector: G1\" after"),
            text);
        assertTrue(older.contains("NOT THE SAME  JVM of caracal: null before"), older);
    }

    @Test
    void shouldCompareWhatIsNoNumber() throws IOException
    {
        final String text = new RunComparison(report("a", Double.NaN, Double.NaN, Double.NaN, ""), report("b", 1, 2, 3,
            "")).format();

        assertTrue(text.contains("NaN /s"), text);
        assertFalse(text.contains("%"), text);
        assertFalse(text.contains("within the spread"), text);
    }

    /** A version that reports milliseconds is not a thousand times as fast as one that reported microseconds. */
    @Test
    void shouldNotCompareFiguresOfDifferentUnits() throws IOException
    {
        final Figures before = new Figures();
        before.add("reads", "p50", "caracal", "us", 1_000);
        final Figures after = new Figures();
        after.add("reads", "p50", "caracal", "ms", 1);
        final String text = new RunComparison(write("a", before, ""), write("b", after, "")).format();

        assertTrue(text.contains("1,000 us") && text.contains("1.00 ms") && text.contains("another unit"), text);
        assertFalse(text.contains("%"), text);
    }

    @Test
    void shouldRefuseFiguresOfAnotherKind() throws IOException
    {
        final Path file = dir.resolve("other.json");
        final String words = "{\"shape\": \"reads\", \"figure\": \"rate\", \"server\": \"caracal\", \"unit\": ";
        for (final String figure : List.of("7", "{\"shape\": \"reads\"}", words +
            "null, \"median\": 1, \"min\": 1, \"max\": 1}",
            words +
                "\"/s\", \"median\": \"many\", \"min\": 1, \"max\": 1}"))
        {
            Files.writeString(file, "{\"machine\": {}, \"servers\": {}, \"figures\": [" + figure + "]}");
            final JsonObject other = Json.read(file);

            assertTrue(assertThrows(IllegalArgumentException.class, () -> new RunComparison(other, other).format())
                .getMessage().startsWith("not a report of caracal bench: a figure lacks one of the words"), figure);
        }
    }

    @Test
    void shouldRefuseWhatIsNoReport() throws IOException
    {
        final Path file = dir.resolve("other.json");
        Files.writeString(file, "{\"machine\": {}, \"servers\": {}}");
        final JsonObject other = Json.read(file);
        Files.writeString(file, "[1, 2");

        assertThrows(IllegalArgumentException.class, () -> new RunComparison(other, other).format());
        assertThrows(IllegalArgumentException.class, () -> Json.read(file));
    }

    @Test
    void shouldKeepEveryLatencyInTheFile() throws IOException, DataFormatException
    {
        final Figures figures = new Figures();
        final Histogram sample = new Histogram(3);
        sample.recordValue(1_000);
        sample.recordValue(2_000_000);
        figures.addLatencies("reads", "caracal", sample);
        figures.addLatencies("reads", "caracal", sample);
        final JsonObject curve = write("curves", figures, "").getAsJsonArray("latencies").get(0).getAsJsonObject();

        final byte[] bytes = Base64.getDecoder().decode(curve.get("hdrhistogram").getAsString());
        final Histogram read = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
        assertEquals(4, read.getTotalCount());
        assertEquals(4, curve.get("count").getAsLong());
        assertEquals(sample.getMaxValue(), read.getMaxValue());
        assertEquals(1.0, curve.getAsJsonObject("microseconds").get("50.0").getAsDouble(), 0.01);
    }

    @Test
    void shouldWriteJsonThatOthersCanRead()
    {
        assertEquals("""
            {
              "text": "a \\"quoted\\" \\\\ line\\n"
            }
            """, Json.write(Map.of("text", "a \"quoted\" \\ line\n")));
        assertEquals("[\n  1,\n  2.5000,\n  null\n]\n", Json.write(List.of(1, 2.5, Double.NaN)));
    }

    private JsonObject report(
        final String name, final double first, final double second, final double third, final String parameters)
        throws IOException
    {
        final Figures figures = new Figures();
        List.of(first, second, third).forEach(sample -> figures.add("reads", "rate", "caracal", "/s", sample));
        return write(name, figures, parameters);
    }

    private JsonObject write(final String name, final Figures figures, final String parameters) throws IOException
    {
        final Path file = dir.resolve(name);
        Files.writeString(file, RunJson.write(new Run(Map.of("date", name, "processor", "one"), Map.of("caracal",
            "with defaults"), parameters, "caracal bench", Map.of(), figures, List.of())));
        return Json.read(file);
    }
}
