/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caracal.server.metrics.CountersHeader;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.metrics.Vital;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code caracal top} on a terminal of which only its input and its errors are left to it. */
class TopIntoFileTest
{
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final long LIMIT_S = 60;

    @TempDir
    private Path dir;

    /** It would wait for a key, with the screen among the errors and nothing in the file. */
    @Test
    void shouldPrintOnceIntoAFile() throws Exception
    {
        assumeTrue(Files.isExecutable(SCRIPT), "makes terminals");
        final CountersHeader header =
            new CountersHeader(ProcessHandle.current().pid(), System.currentTimeMillis(), "v1", "/data");
        try (ServerMetrics metrics = ServerMetrics.shared(dir, header))
        {
            metrics.vital(Vital.CLIENT_PORT).setRelease(4711);
            final Process process = new ProcessBuilder(SCRIPT.toString(), "-qec", "sh " + command(), "/dev/null")
                .redirectErrorStream(true).redirectOutput(dir.resolve("screen").toFile()).start();
            try
            {
                assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), "waits for a key");
                assertEquals(0, process.exitValue(), Files.readString(dir.resolve("screen")));
            }
            finally
            {
                process.destroyForcibly();
            }
        }

        assertTrue(Files.readString(dir.resolve("figures")).contains("caracal v1  port 4711"));
        assertEquals("", Files.readString(dir.resolve("screen")));
    }

    /** Writes the command into a file, because one shell more reads it than it has to be quoted for. */
    private Path command() throws IOException
    {
        final List<String> words = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + System.getProperty("caracal.jvm.args"), "-XX:TieredStopAtLevel=1", "-cp",
            System.getProperty("java.class.path"), TopCommand.class.getName(), dir.toString());

        return Files.writeString(dir.resolve("command"), "unset JAVA_TOOL_OPTIONS\nTERM=xterm exec " +
            words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")) + " > '" +
            dir.resolve("figures") + "'\n");
    }
}
