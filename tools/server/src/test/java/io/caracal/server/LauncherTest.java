/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts hand to java: one that only tells, in a release archive whose path holds a blank. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherTest
{
    private static final Path TOOLS = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path dir;
    private Path home;

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
        Files.createDirectory(home.resolve("lib"));
        Files.createDirectories(dir.resolve("jdk/bin"));
        Files.writeString(dir.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    @Test
    void shouldHaveTheSystemSpeakEnglishAndNamesOfFilesBeMoreThanAscii() throws Exception
    {
        java("printf '%s ' \"messages=$LC_MESSAGES\" \"names=$LC_CTYPE\" \"all=${LC_ALL-none}\"");

        assertEquals("messages=C names=C.UTF-8 all=none ", say(0, Map.of("LC_ALL", "C.UTF-8"), "caracal", "restore",
            "--help"));
        for (final Map<String, String> ascii : List.of(Map.of("LC_CTYPE", "POSIX", "LC_MESSAGES", "C.UTF-8"), Map.of(
            "LC_ALL", "C"), Map.of("LANG", "no_SUCH.UTF-8"), Map.of("LANG", "")))
        {
            assertTrue(say(0, ascii, "caracal", "server").endsWith("all=C.UTF-8 "), ascii::toString);
        }
    }

    /** At that signal a server reads its configuration again; it cannot, where it was told to ignore it. */
    @Test
    void shouldStartAServerThatHearsAHangup() throws Exception
    {
        java("grep SigIgn /proc/self/status");
        final Path config = Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") + "\n");

        final String said = say(1, Map.of("ZOO_LOG_DIR", dir.resolve("logs").toString()), "zkServer.sh", "start", config
            .toString());
        assertTrue(said.matches("(?s).*SigIgn:\t[0-9a-f]{15}[02468ace]\n"), said);
    }

    @Test
    void shouldGiveTheMembersOfAnEnsembleTheirFlagsWhole() throws Exception
    {
        java("printf '%s' \"$CARACAL_MEMBER_JVMFLAGS\"");

        final List<String> flags = say(0, Map.of("SERVER_JVMFLAGS", "-Done=1 -Dtwo=2"), "caracal", "ensemble", "3")
            .lines().toList();
        assertTrue(flags.containsAll(List.of("-Xmx512m", "-Dcaracal.home=" + home, "-Dlogback.configurationFile=" +
            home.resolve("conf/logback.xml"), "@" + home.resolve("conf/server.args"), "-Done=1", "-Dtwo=2",
            "-XX:+UseSerialGC")), flags::toString);
    }

    @Test
    void shouldHonourTheVariableThatForbidsNewDirectories() throws Exception
    {
        java("printf '%s ' \"$@\"");
        final String flag = " -Dzookeeper.datadir.autocreate=false ";

        assertTrue(say(0, Map.of("ZOO_DATADIR_AUTOCREATE_DISABLE", "1"), "caracal", "server").contains(flag));
        assertFalse(say(0, Map.of(), "caracal", "server").contains(flag));
    }

    /** Their directories are always made by this command, so that none would start. */
    @Test
    void shouldNotForbidTheMembersOfAnEnsembleNewDirectories() throws Exception
    {
        java("printf '%s' \"$CARACAL_MEMBER_JVMFLAGS\"");

        final List<String> flags = say(0, Map.of("ZOO_DATADIR_AUTOCREATE_DISABLE", "1"), "caracal", "ensemble", "3")
            .lines().toList();
        assertTrue(flags.contains("-Xmx512m"), flags::toString);
        assertFalse(flags.contains("-Dzookeeper.datadir.autocreate=false"), flags::toString);
    }

    @Test
    void shouldRemoveNothingAfterWordsThatMeanNothing() throws Exception
    {
        java("printf '%s ' \"$@\"");

        for (final String further : List.of("--dry-run", "/third"))
        {
            final String refused = say(2, Map.of(), "zkCleanup.sh", "/log", "/data", "-n", "3", further);
            assertTrue(refused.startsWith("usage: "), refused);
        }
        final String taken = say(0, Map.of(), "zkCleanup.sh", "/log", "/data", "-n", "3");
        assertTrue(taken.endsWith("CleanupCommand /log /data 3 "), taken);
    }

    private void java(final String script) throws IOException
    {
        final Path java = Files.writeString(dir.resolve("jdk/bin/java"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String say(final int exitCode, final Map<String, String> environment, final String script,
        final String... args) throws Exception
    {
        final ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of("env", "--default-signal=HUP", home
            .resolve(
                "bin").resolve(script).toString()), Stream.of(args)).toList()).directory(dir.toFile())
            .redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("ZOOCFGDIR", "ZOOCFG", "SERVER_JVMFLAGS", "JVMFLAGS",
            "ZK_SERVER_HEAP", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG"));
        builder.environment().put("JAVA_HOME", dir.resolve("jdk").toString());
        builder.environment().putAll(environment);
        final Process process = builder.start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.waitFor(), said);
        return said;
    }
}
