/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.run;

import io.caracal.bench.html.HtmlReport;
import io.caracal.bench.report.FigureTable;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Json;
import io.caracal.bench.report.Machine;
import io.caracal.bench.report.MarkdownTable;
import io.caracal.bench.report.Note;
import io.caracal.bench.report.Promises;
import io.caracal.bench.report.ReportPlace;
import io.caracal.bench.report.Run;
import io.caracal.bench.report.RunComparison;
import io.caracal.bench.report.RunJson;
import io.caracal.bench.report.Verdict;
import io.caracal.bench.report.WorkDirectory;
import io.caracal.server.launch.DataDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Performs a run from its first line of output to its report. After a failure, what can still be measured is measured
 * and reported.
 */
public final class RunPipeline
{
    private final RunOptions options;
    private final String command;
    private final String reference;
    private final long startNs = System.nanoTime();
    private boolean isTold;

    /**
     * Creates a run that has not begun.
     *
     * @param options   as typed.
     * @param command   that repeats the run.
     * @param reference the server that the others are compared with.
     */
    public RunPipeline(final RunOptions options, final String command, final String reference)
    {
        this.options = options;
        this.command = command;
        this.reference = reference;
    }

    /**
     * Measures and reports, or compares two reports if that was requested.
     *
     * @param parts creates the parts to measure, in their order.
     * @return the exit code: 1 when {@code --check} was given and a promise was missed, otherwise 0.
     * @throws Exception the first failure that kept something from being measured; the report is written in this case
     *                   as well.
     */
    public int run(final Callable<List<Part>> parts) throws Exception
    {
        if (!options.compare().isEmpty())
        {
            System.out.print(new RunComparison(Json.read(options.compare().get(0)),
                Json.read(options.compare().get(1))).format());
            return 0;
        }

        return measure(parts.call());
    }

    private int measure(final List<Part> parts) throws Exception
    {
        final Promises promises = Promises.load();
        checkPromised(parts, promises);
        final List<Path> reports = Stream.of(options.html(), options.markdown(), options.json())
            .filter(Objects::nonNull).toList();
        reports.forEach(this::checkPlace);
        checkApart(reports);
        final Run run = measureAll(parts);
        requireResult(run);
        final Set<String> shapes = run.shapes().keySet();
        final List<Verdict> verdicts = options.isChecked() ? promises.judge(run.figures(), shapes, sizes(parts)) :
            List.of();
        tellOnce(new Run(run.machine(), run.servers(), run.parameters(), run.command(), run.shapes(), run.figures(),
            verdicts));
        final List<Exception> failures = run.figures().failures();
        if (!failures.isEmpty())
        {
            throw failures.get(0);
        }
        return verdicts.stream().anyMatch(Verdict::isMissed) ? 1 : 0;
    }

    private static Map<String, String> sizes(final List<Part> parts)
    {
        final Map<String, String> sizes = new HashMap<>();
        parts.forEach(part -> sizes.putAll(part.sizes()));

        return sizes;
    }

    /** Measures all parts. The data are removed before the report is written, because they may have filled the disk. */
    private Run measureAll(final List<Part> parts) throws IOException
    {
        try (WorkDirectory directory = new WorkDirectory(options.dir(), options.isKept()))
        {
            final Run run = begin(parts, directory.path());
            // The hook stays until the report is written: removing the data of many znodes takes a while, and the run
            // may be ended meanwhile.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> tellEarly(run)));
            final Attempts attempts = new Attempts(run.figures(), this::progress);
            parts.forEach(part -> attempts.run(String.join(", ", part.shapes().keySet()),
                () -> part.measure(run.figures(), this::progress)));
            return run;
        }
    }

    /**
     * Reports when somebody ends the run, so that minutes of measuring are not lost. If nothing was measured yet, it
     * writes nothing, so that an older report is not lost for nothing.
     */
    private void tellEarly(final Run run)
    {
        run.figures().end();
        if (run.figures().all().isEmpty() && run.figures().series().isEmpty())
        {
            return;
        }

        run.figures().addNote(new Note(Note.RUN, "the run was ended early: what was measured until then is here"));
        try
        {
            tellOnce(run);
        }
        catch (final IOException ex)
        {
            System.err.println("caracal bench: " + ex.getMessage());
        }
    }

    private synchronized void tellOnce(final Run run) throws IOException
    {
        if (!isTold)
        {
            isTold = true;
            tell(run);
        }
    }

    private void checkPromised(final List<Part> parts, final Promises promises)
    {
        if (options.isChecked() &&
            parts.stream().flatMap(part -> part.shapes().keySet().stream()).noneMatch(promises.shapes()::contains))
        {
            throw new IllegalArgumentException("--check: nothing is promised of these shapes, but of " +
                promises.shapes());
        }
    }

    /** A report without any figure, and without a word about the reason, would look like a success. */
    private static void requireResult(final Run run)
    {
        final Figures figures = run.figures();
        if (figures.all().isEmpty() && figures.series().isEmpty() && figures.notes().isEmpty())
        {
            throw new IllegalArgumentException("nothing was measured: of the servers " + run.servers().keySet() +
                " none takes part in " + run.shapes().keySet());
        }
    }

    /** Checks that a report can be written, before a quarter of an hour of measuring rather than after it. */
    private void checkPlace(final Path file)
    {
        ReportPlace.check(file);
        final Path place = file.toAbsolutePath().getParent();
        if (!options.isKept() && Files.isDirectory(options.dir()) && real(place).startsWith(real(options.dir())))
        {
            throw new IllegalArgumentException(file + " would be removed with the data of the servers in " +
                options.dir() + "; name another place, or another --dir");
        }
    }

    private static void checkApart(final List<Path> reports)
    {
        final Set<Path> taken = new HashSet<>();
        for (final Path file : reports)
        {
            final boolean isNoFile = Files.exists(file) && !Files.isRegularFile(file);
            if (!isNoFile && !taken.add(file.toAbsolutePath().normalize()))
            {
                throw new IllegalArgumentException("of two reports at " + file + " only one would be left; name " +
                    "another place for one of them");
            }
        }
    }

    private static Path real(final Path directory)
    {
        try
        {
            return directory.toRealPath();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private Run begin(final List<Part> parts, final Path dir)
    {
        final Map<String, String> servers = new LinkedHashMap<>();
        final Map<String, String> shapes = new LinkedHashMap<>();
        final StringBuilder parameters = new StringBuilder();
        for (final Part part : parts)
        {
            servers.putAll(part.servers());
            shapes.putAll(part.shapes());
            if (!part.shapes().isEmpty())
            {
                parameters.append(parameters.isEmpty() ? "" : "; ").append(part.parameters());
            }
        }
        final Run run = new Run(Machine.facts(dir), servers, parameters.toString(), command, shapes,
            new Figures(), List.of());
        head(run);
        return run;
    }

    private void progress(final String line)
    {
        final long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs);
        System.err.println(String.format(Locale.ROOT, "  %2d:%02d  %s", seconds / 60, seconds % 60, line));
    }

    private static void head(final Run run)
    {
        list("Machine", run.machine());
        list("Servers", run.servers());
        System.out.println("Parameters\n  " + run.parameters());
        list("Shapes", run.shapes());
    }

    private static void list(final String title, final Map<String, String> facts)
    {
        System.out.println(title);
        facts.forEach((name, value) -> System.out.println("  " + name + ": " + value));
    }

    private void tell(final Run run) throws IOException
    {
        System.out.println();
        System.out.print(new FigureTable(reference).format(run.figures()));
        System.out.println();
        run.figures().facts().forEach((name, fact) -> System.out.println(name + ": " + fact));
        run.figures().notes().forEach(note -> System.out.println(note.shape().isEmpty() ? note.text() : note.shape() +
            ": " + note.text()));
        run.verdicts().forEach(System.out::println);
        final List<IOException> failures = new ArrayList<>();
        write(options.json(), () -> RunJson.write(run), failures);
        write(options.markdown(), () -> new MarkdownTable(reference).format(run), failures);
        if (write(options.html(), () -> HtmlReport.write(run, reference), failures))
        {
            System.out.println("report: " + options.html().toAbsolutePath());
        }
        if (!failures.isEmpty())
        {
            throw failures.get(0);
        }
    }

    /** Writes one report, if it was asked for. One that cannot be written keeps no other from being written. */
    private static boolean write(final Path file, final Supplier<String> text, final List<IOException> failures)
    {
        if (file == null)
        {
            return false;
        }

        try
        {
            Files.writeString(file, text.get());
            return true;
        }
        catch (final IOException ex)
        {
            failures.add(new IOException("no report could be written at " + file + ": " + DataDirectory.reason(ex) +
                "; what was measured stands above", ex));
            return false;
        }
    }
}
