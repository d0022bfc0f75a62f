/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.Locale;
import java.util.Map;

/** Formats a run as Markdown: where and how it was measured, then one table of figures. */
public final class MarkdownTable
{
    private final String reference;

    /**
     * Creates a table with ratios.
     *
     * @param reference the server that the others are compared with.
     */
    public MarkdownTable(final String reference)
    {
        this.reference = reference;
    }

    /**
     * Returns the text.
     *
     * @param run to show.
     * @return lines, each with its end.
     */
    public String format(final Run run)
    {
        final StringBuilder text = new StringBuilder();
        list(text, run.machine());
        list(text, run.servers());
        list(text, run.figures().facts());
        text.append("- parameters: ").append(run.parameters()).append("\n- repeat all of it: `").append(run.command())
            .append("`\n\n| shape | figure | server | median | min .. max | rounds | of ").append(reference)
            .append(" |\n|---|---|---|---|---|---|---|\n");
        run.figures().all().forEach(figure -> row(text, run.figures(), figure));
        text.append('\n');
        run.verdicts().forEach(verdict -> text.append("- ").append(cell(verdict.toString())).append('\n'));
        run.shapes().forEach((name, what) -> shape(text, name, ShapeText.of(what)));
        run.figures().notes().forEach(note -> text.append("- ").append(note.shape().isEmpty() ? "" : "**" +
            note.shape() + "**: ").append(cell(note.text())).append('\n'));
        return text.toString();
    }

    private static void list(final StringBuilder text, final Map<String, String> facts)
    {
        facts.forEach((name, value) -> text.append("- ").append(name).append(": ").append(cell(value)).append('\n'));
    }

    private static void shape(final StringBuilder text, final String name, final ShapeText shape)
    {
        text.append("- **").append(name).append("**: ").append(cell(shape.what()));
        shape.commands()
            .forEach((how, command) -> text.append("; ").append(how).append(": `").append(command).append('`'));
        text.append('\n');
    }

    private void row(final StringBuilder text, final Figures figures, final Figure figure)
    {
        text.append(String.format(Locale.ROOT, "| %s | %s | %s | %s %s | %s .. %s | %d | %s |%n", figure.shape(),
            figure.metric(), figure.server(), FigureTable.number(figure.median()), figure.unit(),
            FigureTable.number(figure.min()), FigureTable.number(figure.max()), figure.samples().size(),
            figures.ratio(figure, reference).map(ratio -> String.format(Locale.ROOT, "%.2f x", ratio)).orElse("")));
    }

    private static String cell(final String value)
    {
        return value.replace("|", "\\|").replace('\n', ' ');
    }
}
