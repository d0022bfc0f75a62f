/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in a directory with the layout of the release archive, without a source tree around it. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReleaseArchiveTest
{
    private static final Path TOOLS = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path dir;
    private Path home;

    /** The output of a script and how it ended. */
    private record Said(int exitCode, String text)
    {
    }

    /** Classes are packed into jars, because a JVM archives only those. */
    @BeforeEach
    void unpack() throws Exception
    {
        home = Files.createDirectory(dir.resolve("caracal"));
        for (final String part : List.of("bin", "conf"))
        {
            Files.createDirectory(home.resolve(part));
            try (Stream<Path> files = Files.list(TOOLS.resolve(part)))
            {
                for (final Path file : files.toList())
                {
                    Files.copy(file, home.resolve(part).resolve(file.getFileName()));
                }
            }
        }
        final Path lib = Files.createDirectory(home.resolve("lib"));
        int count = 0;
        for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1))
        {
            final Path from = Path.of(entry);
            count++;
            if (Files.isRegularFile(from))
            {
                Files.createSymbolicLink(lib.resolve(count + "-" + from.getFileName()), from);
            }
            else if (Files.isDirectory(from) && !from.endsWith("test-classes"))
            {
                run(Path.of(System.getProperty("java.home"), "bin", "jar").toString(), "-c", "-f", lib.resolve(count +
                    ".jar").toString(), "-C", from.toString(), ".");
            }
        }
    }

    /** Otherwise the removal of the directory would warn about each link that leads out of it. */
    @AfterEach
    void unlink() throws IOException
    {
        try (Stream<Path> files = Files.list(home.resolve("lib")))
        {
            for (final Path link : files.filter(Files::isSymbolicLink).toList())
            {
                Files.delete(link);
            }
        }
    }

    @Test
    void shouldMakeAnArchiveOfClassesThatServersStartWith() throws Exception
    {
        final Said prepared = caracal("prepare");
        assertEquals(0, prepared.exitCode(), prepared::text);
        assertEquals(1, archives(), prepared::text);

        Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") + "\nclientPort=0\n");
        final Said command = run(home.resolve("bin/zkServer.sh").toString(), "print-cmd", dir.resolve("zoo.cfg")
            .toString());
        assertTrue(command.text().contains("-XX:SharedArchiveFile=" + home.resolve("lib")), command::text);
        final List<String> words = new ArrayList<>(Arrays.asList(command.text().strip().split(" +", -1)));
        words.addAll(1, List.of("-Xshare:on", "-XX:+PrintSharedArchiveAndExit"));
        final Said judged = run("bash", "-c", String.join(" ", words));
        assertEquals(0, judged.exitCode(), "the JVM does not take the archive: " + judged.text());
    }

    @Test
    void shouldSayWhatToDoWhenNoArchiveOfClassesCanBeMade() throws Exception
    {
        final Path noRoom = Files.writeString(dir.resolve("file"), "no directory");
        final ProcessBuilder builder = builder(home.resolve("bin/caracal").toString(), "prepare");
        builder.environment().put("TMPDIR", noRoom.toString());
        final Said refused = run(builder);
        assertEquals(3, refused.exitCode(), refused::text);
        assertTrue(refused.text().contains("set TMPDIR"), refused::text);
        assertEquals(0, archives());

        final Said unknown = caracal("frobnicate");
        assertEquals(2, unknown.exitCode(), unknown::text);
        assertTrue(unknown.text().contains("there is no command frobnicate"), unknown::text);

        final Said usage = caracal("prepare", "something");
        assertEquals(2, usage.exitCode(), usage::text);
        assertFalse(usage.text().isBlank());
    }

    private long archives() throws IOException
    {
        try (Stream<Path> files = Files.list(home.resolve("lib")))
        {
            return files.filter(file -> file.toString().endsWith(".jsa")).count();
        }
    }

    private Said caracal(final String... args) throws Exception
    {
        final List<String> words = new ArrayList<>(List.of(home.resolve("bin/caracal").toString()));
        words.addAll(List.of(args));
        return run(words.toArray(new String[0]));
    }

    private ProcessBuilder builder(final String... words)
    {
        final ProcessBuilder builder = new ProcessBuilder(words).directory(dir.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("ZOOCFGDIR", "ZOOCFG", "SERVER_JVMFLAGS", "JVMFLAGS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    private Said run(final String... words) throws Exception
    {
        return run(builder(words));
    }

    private static Said run(final ProcessBuilder builder) throws Exception
    {
        final Process process = builder.start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
