/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.config.ConfigCommand;
import io.caracal.server.main.EnsembleCommand;
import io.caracal.server.main.ServerMain;
import io.caracal.server.main.VersionCommand;
import io.caracal.server.metrics.CountersCommand;
import io.caracal.shell.server.TestServer;
import io.caracal.shell.server.TestServers;
import io.caracal.shell.top.SessionCommand;
import io.caracal.shell.top.TopCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the shell as a process of its own, as the launcher starts it. Checks exit codes, and that not one unwanted line
 * is printed.
 */
class OwnProcessTest
{
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path directory;

    @Test
    void shouldPrintNothingThatNobodyAskedFor() throws Exception
    {
        try (TestServer server = TestServers.kinds().get(0).launch().apply(directory.resolve("data")))
        {
            assertEquals(0, run("", "-q", "-server", server.connectString(), "ls", "/"));
            assertEquals("[zookeeper]\n", output("out"));
            assertEquals("", output("err"));
        }
    }

    @Test
    void shouldEndWithOneWhenTheCommandFails() throws Exception
    {
        try (TestServer server = TestServers.kinds().get(0).launch().apply(directory.resolve("data")))
        {
            assertEquals(1, run("", "-q", "-server", server.connectString(), "delete", "/missing"));
            assertEquals("", output("out"));
            assertEquals("Node does not exist: /missing\n", output("err"));
        }
    }

    @Test
    void shouldReadAPipeWithoutAPrompt() throws Exception
    {
        try (TestServer server = TestServers.kinds().get(0).launch().apply(directory.resolve("data")))
        {
            assertEquals(0, run("create /a b\nget /a\nquit\n", "-q", "-server", server.connectString()));
            assertEquals("b\n", output("out"));
            assertEquals("Created /a\n", output("err"));
        }
    }

    /** By default, the client library closes the connection over a reply of more than a megabyte. */
    @Test
    void shouldListChildrenThatTakeMoreThanTheLibraryTakesByDefault() throws Exception
    {
        final StringBuilder input = new StringBuilder();
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < 12; i++)
        {
            names.add("c".repeat(100_000) + (char)('a' + i));
            input.append("create /").append(names.get(i)).append('\n');
        }
        try (TestServer server = TestServers.kinds().get(0).launch().apply(directory.resolve("data")))
        {
            assertEquals(0, run(input + "ls /\n", "-q", "-server", server.connectString()), () -> read("err"));
            assertEquals("[" + String.join(", ", names) + ", zookeeper]\n", output("out"));
        }
    }

    /** A script must not go on with half of a list. */
    @Test
    void shouldFailWhenResultsCannotBeWritten() throws Exception
    {
        final Path full = Path.of("/dev/full");
        final Path data = directory.resolve("data");
        try (TestServer server = TestServers.kinds().get(0).launch().apply(data))
        {
            assertEquals(1, run(ShellMain.class, full, "", "-q", "-server", server.connectString(), "ls", "/"));
            assertTrue(output("err").contains("could not be written (No space left on device); make room"),
                () -> read("err"));
        }

        final Path snapshot;
        try (Stream<Path> files = Files.walk(data))
        {
            snapshot = files.filter(file -> file.getFileName().toString().startsWith("snapshot.")).findFirst()
                .orElseThrow();
        }
        assertEquals(3, run(FilesMain.class, full, "", "snapshot", "verify", snapshot.toString()), () -> read("err"));
        assertTrue(output("err").contains("could not be written (No space left on device); make room"),
            () -> read("err"));
    }

    @Test
    void shouldFailWhenTheSmallCommandsCannotWriteResults() throws Exception
    {
        for (final Class<?> program : List.of(ConfigCommand.class, CountersCommand.class, EnsembleCommand.class,
            ServerMain.class, SessionCommand.class, TopCommand.class, VersionCommand.class))
        {
            assertEquals(3, run(program, Path.of("/dev/full"), "", "--help"), program::getName);
            assertTrue(output("err").contains("could not be written (No space left on device)"), () -> read("err"));
        }
    }

    private int run(final String input, final String... args) throws IOException, InterruptedException
    {
        return run(ShellMain.class, directory.resolve("out"), input, args);
    }

    private int run(final Class<?> program, final Path out, final String input, final String... args)
        throws IOException, InterruptedException
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + System.getProperty("caracal.jvm.args"));
        command.addAll(
            List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(args));

        final ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile())
            .redirectError(directory.resolve("err").toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        final Process process = builder.start();
        try
        {
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the shell did not end");
            return process.exitValue();
        }
        finally
        {
            process.destroyForcibly();
        }
    }

    private String read(final String name)
    {
        try
        {
            return output(name);
        }
        catch (final IOException ex)
        {
            return ex.toString();
        }
    }

    private String output(final String name) throws IOException
    {
        return Files.readString(directory.resolve(name));
    }
}
