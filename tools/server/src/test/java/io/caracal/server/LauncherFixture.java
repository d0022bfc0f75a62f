/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in a release archive whose path holds a blank, and a java that does what a test has it do. */
class LauncherFixture
{
    private static final Path TOOLS = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path dir;
    Path home;

    @BeforeEach
    void unpack() throws IOException
    {
        home = Files.createDirectories(dir.resolve("with a blank").resolve("caracal"));
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
        Files.createFile(Files.createDirectory(home.resolve("lib")).resolve("caracal-server.jar"));
        Files.createDirectories(dir.resolve("jdk/bin"));
        Files.writeString(dir.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    Path config(final String line) throws IOException
    {
        return Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") + "\n" + line + "\n");
    }

    static String[] words(final List<String> first, final String... more)
    {
        return Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new);
    }

    void java(final String script) throws IOException
    {
        final Path java = Files.writeString(dir.resolve("jdk/bin/java"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    String say(final int exitCode, final Map<String, String> environment, final String script,
        final String... args) throws Exception
    {
        return run(exitCode, environment, dir,
            words(List.of("env", "--default-signal=HUP", home.resolve("bin").resolve(script).toString()), args));
    }

    String run(final int exitCode, final Map<String, String> environment, final Path directory,
        final String... command) throws Exception
    {
        final Process process = begin(environment, directory, command);
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.waitFor(), said);
        return said;
    }

    Process begin(final Map<String, String> environment, final Path directory, final String... command)
        throws IOException
    {
        final ProcessBuilder builder =
            new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("ZOOCFGDIR", "ZOOCFG", "SERVER_JVMFLAGS", "JVMFLAGS",
            "ZK_SERVER_HEAP", "ZOOPIDFILE", "JMXPORT", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG"));
        builder.environment().put("JAVA_HOME", dir.resolve("jdk").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
