/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.report.Curve;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.MarkdownTable;
import io.caracal.bench.report.Note;
import io.caracal.bench.report.Promises;
import io.caracal.bench.report.Run;
import io.caracal.bench.report.RunJson;
import io.caracal.bench.report.Series;
import io.caracal.bench.report.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class HtmlReportTest
{
    @Test
    void shouldBeWellFormedAndStandAlone() throws IOException, SAXException, ParserConfigurationException
    {
        final String page = HtmlReport.write(run("a <b> & \"c\""), "zookeeper");
        final String body = page.substring(page.indexOf('\n') + 1);
        final Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(body)));

        assertEquals(2, document.getElementsByTagName("polyline").getLength() / 2, "latency and series of two servers");
        assertFalse(Pattern.compile("https?:|src=|@import|<script").matcher(page).find());
        assertTrue(page.contains("a &lt;b&gt; &amp; &quot;c&quot;"));
        assertTrue(page.contains("class=\"missed\""));
        assertTrue(page.contains("<h2>restart</h2>") && page.contains("left out &amp; why"));
        assertTrue(page.contains("flags &lt;of&gt; it"));
    }

    @Test
    void shouldShowCommandsAsSuchInBothReports() throws IOException
    {
        final String page = HtmlReport.write(run("x"), "zookeeper").replaceAll("\\s*\n\\s*", "");
        final String table = new MarkdownTable("zookeeper").format(run("x"));

        assertTrue(page.contains("<p>gets</p>"), page);
        assertTrue(page.contains("by hand: <code>caracal bench load -c 1</code>"), page);
        assertTrue(page.contains("again: <code>caracal bench --only reads</code>"), page);
        assertTrue(table.contains(
            "- **reads**: gets; by hand: `caracal bench load -c 1`; again: `caracal bench --only " +
                "reads`\n"),
            table);
    }

    @Test
    void shouldTellOfMissedPromisesInEveryReport() throws IOException
    {
        final String promise = "reads.rate.caracal >= 9000";

        assertTrue(HtmlReport.write(run("x"), "zookeeper").contains("MISSED  " + promise.replace(">", "&gt;")));
        assertTrue(new MarkdownTable("zookeeper").format(run("x")).contains("\n- MISSED  " + promise));
        assertTrue(RunJson.write(run("x")).contains("\"MISSED  " + promise));
    }

    @Test
    void shouldKeepEveryPointWithinItsPlot() throws IOException
    {
        final String page = HtmlReport.write(run("x"), "zookeeper");

        final List<MatchResult> lines = Pattern.compile("points=\"([^\"]*)\"").matcher(page).results().toList();
        assertEquals(4, lines.size());
        for (final MatchResult line : lines)
        {
            for (final String point : line.group(1).split(" ", -1))
            {
                final String[] place = point.split(",", -1);
                assertTrue(Double.parseDouble(place[0]) >= 64 && Double.parseDouble(place[0]) <= 728, point);
                assertTrue(Double.parseDouble(place[1]) >= 14 && Double.parseDouble(place[1]) <= 274, point);
            }
        }
    }

    @Test
    void shouldEndEachCurveWhereItsOwnSamplesEnd()
    {
        final Markup out = new Markup();
        new LatencyPlot(List.of(curve("few", 100), curve("many", 10_000))).draw(out, new Palette(List.of("few",
            "many")),
            "reads");

        assertEquals(List.of("396.0", "728.0"), Pattern.compile("points=\"[^\"]* ([0-9.]+),[0-9.]+\"")
            .matcher(out.end()).results().map(line -> line.group(1)).toList(), "two nines of four, and four");
    }

    @Test
    void shouldLetAServerBeSeenThatIsAskedForLittleBesideAnother()
    {
        final Markup out = new Markup();
        new SeriesPlot(List.of(rates("slow", 10_000, 100_000), rates("fast", 100_000, 1_000_000))).draw(out,
            new Palette(List.of("slow", "fast")));

        assertEquals(List.of("64.0 396.0", "396.0 728.0"),
            Pattern.compile("points=\"([0-9.]+),[0-9.]+ ([0-9.]+),[0-9.]+\"").matcher(out.end()).results()
                .map(line -> line.group(1) +
                    " " + line.group(2))
                .toList());
    }

    /** Which server first has a figure depends on whose windows the generator spoiled by coming late. */
    @Test
    void shouldShowServersInOneOrder() throws IOException
    {
        final Run run = run("x");
        run.figures().add("reads", "p99", "zookeeper", "us", 1);
        run.figures().add("reads", "p99", "caracal", "us", 1);
        final String page = HtmlReport.write(new Run(run.machine(), new LinkedHashMap<>(Map.of("caracal", "one")), "",
            "", Map.of(), run.figures(), List.of()), "zookeeper");

        final List<String> names = Pattern.compile("text-anchor=\"end\">([a-z]+)<").matcher(page).results()
            .map(match -> match.group(1)).toList();
        assertEquals(List.of("caracal", "zookeeper", "caracal", "zookeeper"), names);
    }

    private static Series rates(final String server, final double first, final double last)
    {
        return new Series("reads", "p99 by rate", server, "requests (/s)", "latency (us)",
            List.of(new Series.Point(first, 100), new Series.Point(last, 200)));
    }

    private static Curve curve(final String server, final int samples)
    {
        final Histogram latencies = new Histogram(3);
        latencies.recordValueWithCount(1_000, samples);
        return new Curve("reads", server, latencies);
    }

    @Test
    void shouldPlaceValuesOnTheirAxes()
    {
        assertEquals(0.5, new LogScale(1, 100).place(10), 1e-9);
        assertEquals(0.5, new LogScale(100, 10_000).place(1_000), 1e-9);
        assertEquals(0.5, new LinearScale(600).place(300), 1e-9);
        assertEquals(2.0 / 3, new NinesScale(1_000).place(99), 1e-9);
        assertEquals(List.of("0", "90", "99", "99.9"), new NinesScale(1_000).ticks().stream().map(Scale.Tick::label)
            .toList());
        assertEquals(0.5, new LinearScale(-200, 200).place(0), 1e-9);
        assertEquals("-200", new LinearScale(-200, 200).ticks().get(0).label());
        assertEquals("0", new LinearScale(0).ticks().get(0).label());
        assertEquals("2.5M", Quantity.brief(2_500_000));
        assertEquals("10k", Quantity.brief(10_000));
        assertEquals("100", Quantity.brief(100));
    }

    private static Run run(final String name) throws IOException
    {
        final SplittableRandom random = new SplittableRandom(1);
        final Figures figures = new Figures();
        for (final String server : List.of("caracal", "zookeeper"))
        {
            final Histogram latencies = new Histogram(3);
            for (int i = 0; i < 10_000; i++)
            {
                latencies.recordValue(random.nextLong(1, 5_000_000));
            }
            figures.addFact("JVM of " + server, "flags <of> it");
            figures.addNote(new Note("restart", "left out & why"));
            figures.addLatencies("reads", server, latencies);
            figures.add("reads", "rate", server, "/s", 1_000);
            figures.add("reads", "rate", server, "/s", 2_000);
            figures.addSeries(new Series("reads", "acknowledged", server, "time (s)", "writes (/s)",
                List.of(new Series.Point(0, 0), new Series.Point(1, 50), new Series.Point(2, 49))));
        }

        final List<Verdict> verdicts = Promises.read(new StringReader("reads.rate.caracal = >= 9000"))
            .judge(figures, Set.of("reads"), Map.of());
        return new Run(Map.of("processor", name), Map.of("caracal", "one", "zookeeper", "two"), "rounds=2",
            "caracal bench", Map.of("reads",
                "gets; by hand: caracal bench load -c 1; again: caracal bench --only reads"),
            figures, verdicts);
    }
}
