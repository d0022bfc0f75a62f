/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SimulateCommandTest
{
    @TempDir
    private Path dir;

    /** Scripts rely on the last line, which says how the runs ended. */
    @Test
    void shouldFailWhereItCannotSayWhatBecameOfItsRuns() throws Exception
    {
        final Process process = begin("exec \"$@\" >/dev/full");

        final String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(3, process.waitFor(), said);
        assertTrue(said.contains("what was found could not be written"), said);
    }

    @Test
    void shouldSayNothingWhereNobodyReadsAnyMore() throws Exception
    {
        // The reader closes its end before the program begins, which waits for that.
        final Process process = begin("mkfifo \"$DIR/closed\"; { read -r _ <\"$DIR/closed\"; \"$@\"; echo $? >&2; } |" +
            " { exec 0<&-; echo >\"$DIR/closed\"; }");

        assertEquals("0\n", new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** The kind of output counts, not the words of the system for it, which are in the language of the process. */
    @Test
    void shouldTellByTheKindOfOutputWhetherSomebodyWantsIt() throws IOException
    {
        assertFalse(SimulateCommand.isWanted(Files.createSymbolicLink(dir.resolve("p"), Path.of("pipe:[12]"))));
        assertFalse(SimulateCommand.isWanted(Files.createSymbolicLink(dir.resolve("s"), Path.of("socket:[12]"))));
        assertTrue(SimulateCommand.isWanted(Files.createSymbolicLink(dir.resolve("f"), Path.of("a.txt"))));
        assertTrue(SimulateCommand.isWanted(dir.resolve("closed")));
    }

    @Test
    void shouldNameAllScenariosInItsHelp()
    {
        final ByteArrayOutputStream help = new ByteArrayOutputStream();
        final PrintStream out = new PrintStream(help, true, StandardCharsets.UTF_8);
        assertEquals(0, SimulateCommand.run(out, out, "--help"));
        final List<String> words = List.of(help.toString(StandardCharsets.UTF_8).split("[\\s,]+"));

        for (final Scenario scenario : Scenario.values())
        {
            assertTrue(words.contains(scenario.name()), () -> scenario + " is missing in " + help);
        }
    }

    private Process begin(final String script) throws IOException
    {
        final ProcessBuilder builder =
            new ProcessBuilder("sh", "-c", script, "sh", Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-cp", System.getProperty("java.class.path"), SimulateCommand.class.getName(), "--help");
        builder.environment().put("DIR", dir.toString());
        return builder.start();
    }
}
