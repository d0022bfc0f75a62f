/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.report.Figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

class RunPipelineTest
{
    private static final String FAILURE = "a session was lost";

    @TempDir
    private Path dir;

    /** A part with two figures. A broken part fails after the first. */
    private record OnePart(String name, boolean isBroken) implements Part
    {
        @Override
        public Map<String, String> servers()
        {
            return Map.of("caracal", "a server");
        }

        @Override
        public String parameters()
        {
            return "none";
        }

        @Override
        public Map<String, String> shapes()
        {
            return Map.of(name, "something");
        }

        @Override
        public void measure(final Figures figures, final Consumer<String> progress)
        {
            figures.add(name, "begun", "caracal", "/s", 1);
            if (isBroken)
            {
                throw new IllegalStateException(FAILURE);
            }
            figures.add(name, "ended", "caracal", "/s", 1);
        }
    }

    /** What took a quarter of an hour to measure must not be lost for a place that has no room. */
    @Test
    void shouldWriteTheOtherReportsWhenOneCannotBeWritten() throws IOException
    {
        final Path page = dir.resolve("page.html");
        final RunOptions options = CommandLine.populateCommand(new RunOptions(), "--dir", dir.resolve("data")
            .toString(), "--html", page.toString(), "--json", "/dev/full");
        final RunPipeline pipeline = new RunPipeline(options, "caracal bench", "zookeeper");

        final IOException thrown = assertThrows(IOException.class,
            () -> pipeline.run(() -> List.of(new OnePart("only", false))));

        assertTrue(thrown.getMessage().startsWith("no report could be written at /dev/full: "), thrown.getMessage());
        assertTrue(Files.readString(page).contains("ended"), "the page was not written");
    }

    /** The directory is removed before the reports are written. */
    @Test
    void shouldRefuseAReportInTheDirectoryThatItRemoves() throws IOException
    {
        final Path data = Files.createDirectory(dir.resolve("data"));
        final Path page = data.resolve("page.html");
        final RunOptions options = CommandLine.populateCommand(new RunOptions(), "--dir", data.toString(), "--html",
            page.toString());
        final RunPipeline pipeline = new RunPipeline(options, "caracal bench", "zookeeper");

        final IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class,
            () -> pipeline.run(() -> List.of(new OnePart("only", false))));

        assertTrue(thrown.getMessage().startsWith(page + " would be removed with the data"), thrown.getMessage());
    }

    @Test
    void shouldRefuseTwoReportsAtOnePlace()
    {
        final Path page = dir.resolve("page");
        final RunOptions options = CommandLine.populateCommand(new RunOptions(), "--dir", dir.resolve("data")
            .toString(), "--html", page.toString(), "--json", dir.resolve(".").resolve("page").toString());
        final RunPipeline pipeline = new RunPipeline(options, "caracal bench", "zookeeper");

        final IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class,
            () -> pipeline.run(() -> List.of(new OnePart("only", false))));

        assertTrue(thrown.getMessage().startsWith("of two reports at "), thrown.getMessage());
        assertTrue(Files.notExists(page));
    }

    @Test
    void shouldMeasureAndReportTheOthersWhenOneFails() throws IOException
    {
        final Path page = dir.resolve("page.html");
        final Path table = dir.resolve("table.md");
        final Path json = dir.resolve("run.json");
        final Path data = dir.resolve("data");
        final RunOptions options = CommandLine.populateCommand(new RunOptions(), "--dir", data.toString(), "--html",
            page.toString(), "--markdown", table.toString(), "--json", json.toString());
        final RunPipeline pipeline = new RunPipeline(options, "caracal bench", "zookeeper");

        final IllegalStateException thrown = assertThrows(IllegalStateException.class,
            () -> pipeline.run(() -> List.of(new OnePart("first", true), new OnePart("second", false))));

        assertEquals(FAILURE, thrown.getMessage());
        for (final Path report : List.of(page, table, json))
        {
            final String text = Files.readString(report);
            assertTrue(text.contains("not measured to its end: first: " + FAILURE), text);
            assertTrue(text.contains("begun") && text.contains("ended"), text);
        }
        assertTrue(Files.notExists(data));
    }
}
