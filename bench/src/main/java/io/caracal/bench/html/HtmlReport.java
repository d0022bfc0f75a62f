/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import io.caracal.bench.report.Curve;
import io.caracal.bench.report.Figure;
import io.caracal.bench.report.FigureTable;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.MarkdownTable;
import io.caracal.bench.report.Note;
import io.caracal.bench.report.Run;
import io.caracal.bench.report.Series;
import io.caracal.bench.report.ShapeText;
import io.caracal.bench.report.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes the page of a run: what was measured, on which machine, and how to repeat it. The page is one file without
 * scripts and can be read without a network.
 */
public final class HtmlReport
{
    private final Run run;
    private final String reference;
    private final Palette palette;
    private final Markup out = new Markup();

    private HtmlReport(final Run run, final String reference)
    {
        this.run = run;
        this.reference = reference;
        palette = new Palette(servers(run));
    }

    /**
     * Writes the page.
     *
     * @param run       to show.
     * @param reference the server that the others are compared with.
     * @return a complete document.
     */
    public static String write(final Run run, final String reference)
    {
        return new HtmlReport(run, reference).page();
    }

    private static List<String> servers(final Run run)
    {
        final Set<String> servers = new LinkedHashSet<>(run.servers().keySet());
        run.figures().all().forEach(figure -> servers.add(figure.server()));
        return List.copyOf(servers);
    }

    private String page()
    {
        out.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8")
            .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
            .leaf("title", "Caracal bench").leaf("style", style()).close();
        out.open("body").open("main").leaf("h1", "Caracal bench").leaf("p", run.machine().getOrDefault("date", ""));
        promises();
        notes(Note.RUN);
        shapes().forEach(this::shape);
        conditions();
        markdown();
        out.close().close().close();
        return "<!DOCTYPE html>\n" + out.end();
    }

    private List<String> shapes()
    {
        final Set<String> shapes = new LinkedHashSet<>();
        run.figures().all().forEach(figure -> shapes.add(figure.shape()));
        run.figures().series().forEach(series -> shapes.add(series.shape()));
        run.figures().notes().stream().map(Note::shape).filter(shape -> !shape.isEmpty()).forEach(shapes::add);
        return List.copyOf(shapes);
    }

    private void promises()
    {
        if (run.verdicts().isEmpty())
        {
            return;
        }

        out.leaf("h2", "Promises").open("ul", "class", "promises");
        for (final Verdict verdict : run.verdicts())
        {
            out.leaf("li", verdict.toString(), "class", verdict.outcome().word());
        }
        out.close();
    }

    private void shape(final String shape)
    {
        out.open("section").leaf("h2", shape);
        if (run.shapes().containsKey(shape))
        {
            text(ShapeText.of(run.shapes().get(shape)));
        }

        final List<Figure> figures = run.figures().all().stream().filter(f -> f.shape().equals(shape)).toList();
        byMetric(figures).values().forEach(same -> new BarPlot(same).draw(out, palette));
        final List<Curve> curves = run.figures().curves().stream().filter(c -> c.shape().equals(shape)).toList();
        if (!curves.isEmpty())
        {
            new LatencyPlot(curves).draw(out, palette, shape);
        }

        seriesByMetric(shape).values().forEach(same -> new SeriesPlot(same).draw(out, palette));
        notes(shape);
        if (!figures.isEmpty())
        {
            table(figures);
        }
        out.close();
    }

    private void text(final ShapeText text)
    {
        out.leaf("p", text.what());
        text.commands().forEach((how, command) -> out.open("p", "class", "again").text(how + ": ").leaf("code", command)
            .close());
    }

    private void notes(final String shape)
    {
        final List<Note> notes = run.figures().notes().stream().filter(note -> note.shape().equals(shape)).toList();
        if (notes.isEmpty())
        {
            return;
        }

        out.open("ul", "class", "notes");
        notes.forEach(note -> out.leaf("li", note.text()));
        out.close();
    }

    /**
     * Groups figures by metric. In each group the servers have the same order as everywhere on the page, regardless of
     * which was measured first.
     */
    private Map<String, List<Figure>> byMetric(final List<Figure> figures)
    {
        final Map<String, List<Figure>> groups = new LinkedHashMap<>();
        figures.forEach(figure -> groups.computeIfAbsent(figure.metric(), ignored -> new ArrayList<>()).add(figure));
        groups.values().forEach(group -> group.sort(Comparator.comparingInt(figure -> palette.place(figure.server()))));
        return groups;
    }

    private Map<String, List<Series>> seriesByMetric(final String shape)
    {
        final Map<String, List<Series>> groups = new LinkedHashMap<>();
        run.figures().series().stream().filter(series -> series.shape().equals(shape))
            .forEach(series -> groups.computeIfAbsent(series.metric(), ignored -> new ArrayList<>()).add(series));
        return groups;
    }

    private void table(final List<Figure> figures)
    {
        out.open("div", "class", "wide").open("table").open("thead").open("tr");
        for (final String head : List.of("figure", "server", "median", "min", "max", "rounds", "of " + reference))
        {
            out.leaf("th", head, "scope", "col");
        }
        out.close().close().open("tbody");
        byMetric(figures).values().forEach(same -> same.forEach(figure -> row(run.figures(), figure)));
        out.close().close().close();
    }

    private void row(final Figures figures, final Figure figure)
    {
        out.open("tr").leaf("td", figure.metric()).leaf("td", figure.server())
            .leaf("td", FigureTable.number(figure.median()) + " " + figure.unit())
            .leaf("td", FigureTable.number(figure.min())).leaf("td", FigureTable.number(figure.max()))
            .leaf("td", Integer.toString(figure.samples().size()))
            .leaf("td", figures.ratio(figure, reference).map(ratio -> String.format(Locale.ROOT, "%.2f x", ratio))
                .orElse(""))
            .close();
    }

    private void conditions()
    {
        out.leaf("h2", "Made on").open("dl");
        run.machine().forEach(this::term);
        run.servers().forEach(this::term);
        run.figures().facts().forEach(this::term);
        term("parameters", run.parameters());
        out.leaf("dt", "repeat all of it").open("dd").leaf("code", run.command()).close().close();
    }

    private void term(final String name, final String value)
    {
        out.leaf("dt", name).leaf("dd", value);
    }

    private void markdown()
    {
        out.open("details").leaf("summary", "As Markdown").leaf("pre", new MarkdownTable(reference).format(run))
            .close();
    }

    private static String style()
    {
        try (InputStream stream = HtmlReport.class.getResourceAsStream("report.css"))
        {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
