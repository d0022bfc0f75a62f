/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the scripts build what they need in a source tree. Stand-ins for Maven and java only print. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SourceTreeTest
{
    private static final Path TOOLS = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path dir;
    private Path tree;

    @BeforeEach
    void copy() throws IOException
    {
        tree = Files.createDirectories(dir.resolve("source tree"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        Files.createDirectory(tree.resolve("engine"));
        Files.createDirectories(tree.resolve("tools/server/target"));
        for (final String part : List.of("bin", "conf"))
        {
            Files.createDirectory(tree.resolve("tools").resolve(part));
            try (Stream<Path> files = Files.list(TOOLS.resolve(part)))
            {
                for (final Path file : files.toList())
                {
                    Files.copy(file, tree.resolve("tools").resolve(part).resolve(file.getFileName()));
                }
            }
        }
        Files.createDirectories(dir.resolve("jdk/bin"));
        Files.writeString(dir.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        program("jdk/bin/java", "printf '%s ' \"$@\"");
        program("jdk/bin/javac", "exit 1");
        Files.createDirectory(dir.resolve("path"));
        program("path/mvn", """
            echo "WARNING: as of Maven on a later java"
            echo > tools/server/target/caracal-server.jar
            : > tools/server/target/run.classpath""");
    }

    @Test
    void shouldBuildOnce() throws Exception
    {
        final String first = version(0);
        assertTrue(first.startsWith("building tools/server, once and after each change of the sources: "), first);
        assertFalse(first.contains("WARNING"), first);
        final String second = version(0);
        assertTrue(
            second.startsWith("@") && second.endsWith("/lib/caracal-server.jar io.caracal.server.main.VersionCommand "),
            second);
    }

    /** In a container without a locale, as most are, Maven could not find such a path. */
    @Test
    void shouldBuildInAPathThatIsNotAscii() throws Exception
    {
        tree = Files.move(tree, dir.resolve("Bäume"));
        program("path/mvn", "echo names=$LC_ALL; exit 1");

        final String said = version(3);
        assertTrue(said.contains("\nnames=C.UTF-8\n"), said);
    }

    /** For example on a full disk. The module then passed for built, and java found no class. */
    @Test
    void shouldBuildAgainAfterABuildThatCouldNotBeKept() throws Exception
    {
        final Path cp = program("path/cp", "echo cp: No space left on device >&2; exit 1");
        final String refused = version(3);
        assertTrue(refused.contains("No space left on device\ntools/server was built but could not be put into "),
            refused);

        Files.delete(cp);
        final String built = version(0);
        assertTrue(built.startsWith("building tools/server"), built);
        assertTrue(version(0).startsWith("@"));
    }

    /** An earlier version left such a build and did not notice. */
    @Test
    void shouldNotTakeABuildWithoutAClassPathForOneThatIsDone() throws Exception
    {
        version(0);
        Files.writeString(tree.resolve("tools/server/target/run/classpath"), "");

        final String built = version(0);
        assertTrue(built.startsWith("building tools/server"), built);
    }

    /** A build takes minutes on a small machine; without a message the second command would seem to hang. */
    @Test
    void shouldSayThatAnotherCommandBuilds() throws Exception
    {
        final Path lock = Files.createDirectory(tree.resolve("target")).resolve("build.lock");
        final Process other = new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo held; read -r line")
            .start();
        try
        {
            assertEquals('h', other.getInputStream().read());
            final Process second = begin();
            final BufferedReader said = second.inputReader(StandardCharsets.UTF_8);
            assertEquals("waiting: another command builds in " + tree, said.readLine());
            assertTrue(second.isAlive());

            other.getOutputStream().close();
            final String built = said.readLine();
            assertTrue(built.startsWith("building tools/server"), built);
            assertTrue(said.lines().reduce("", (before, line) -> line).startsWith("@"));
            assertEquals(0, second.waitFor());
        }
        finally
        {
            other.destroyForcibly().onExit().join();
        }
    }

    private String version(final int exitCode) throws Exception
    {
        final Process process = begin();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.waitFor(), said);
        return said;
    }

    private Process begin() throws IOException
    {
        final ProcessBuilder builder = new ProcessBuilder(tree.resolve("tools/bin/caracal").toString(), "version")
            .directory(dir.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("ZOOCFGDIR", "JVMFLAGS", "SERVER_JVMFLAGS", "LC_ALL",
            "LC_CTYPE", "LANG"));
        builder.environment().put("JAVA_HOME", dir.resolve("jdk").toString());
        builder.environment().merge("PATH", "", (path, none) -> dir.resolve("path") + ":" + path);
        return builder.start();
    }

    private Path program(final String name, final String script) throws IOException
    {
        final Path program = Files.writeString(dir.resolve(name), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
