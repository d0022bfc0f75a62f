/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples for systemd, containers and Kubernetes in the archive fit what they deploy. */
class DeployFilesTest
{
    private static final Path DEPLOY = Path.of("..", "release", "deploy");
    private static final Path TOOLS = Path.of("..").toAbsolutePath().normalize();
    private static final String HOME = "/opt/caracal";
    private static final Pattern SCRIPT = Pattern.compile(HOME + "/bin/([A-Za-z-]+(?:\\.sh)?)");
    private static final long LIMIT_S = 30;

    @TempDir
    private Path dir;

    @Test
    void shouldGiveServersOnKubernetesAGoodConfiguration() throws IOException
    {
        final List<String> lines = Files.readAllLines(DEPLOY.resolve("statefulset.yaml"));
        final int begin = lines.indexOf("  zoo.cfg: |") + 1;
        assertTrue(begin > 0, "no zoo.cfg in the ConfigMap");
        final List<String> text = lines.subList(begin, lines.size()).stream().takeWhile(line -> line.startsWith("    "))
            .map(String::strip).toList();
        assertGood(text);
    }

    @Test
    void shouldGiveAContainerAGoodConfiguration() throws IOException
    {
        final Matcher printed =
            Pattern.compile("printf '([^']+)'").matcher(Files.readString(DEPLOY.resolve("Dockerfile")));
        assertTrue(printed.find(), "no zoo.cfg in the Dockerfile");
        final List<String> text = List.of(printed.group(1).split("\\\\n", -1));
        assertTrue(text.contains("dataDir=/data"), text::toString);
        assertGood(text);
    }

    /** Kubernetes gives volumes to the user of the image. */
    @Test
    void shouldRunAsOneUserEverywhere() throws IOException
    {
        final String image = Files.readString(DEPLOY.resolve("Dockerfile"));
        final Matcher user = Pattern.compile("(?m)^USER ([0-9]+):([0-9]+)$").matcher(image);
        assertTrue(user.find(), image);
        assertTrue(
            image.contains("groupadd --gid " + user.group(2)) && image.contains("useradd --uid " + user.group(1)),
            image);
        final String pods = Files.readString(DEPLOY.resolve("statefulset.yaml"));
        assertTrue(pods.contains("runAsUser: " + user.group(1) + "\n") &&
            pods.contains("runAsGroup: " + user.group(2) + "\n") && pods.contains("fsGroup: " + user.group(2) + "\n"),
            pods);
    }

    private void assertGood(final List<String> zooCfg) throws IOException
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);

        assertEquals(0, new ConfigCommand(to, to, new Properties())
            .run("--check", Files.write(dir.resolve("zoo.cfg"), zooCfg).toString()),
            () -> out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = { "caracal.service", "Dockerfile", "statefulset.yaml" })
    void shouldCallScriptsThatThereAre(final String file) throws IOException
    {
        final Matcher script = SCRIPT.matcher(Files.readString(DEPLOY.resolve(file)));
        int count = 0;
        while (script.find())
        {
            assertTrue(Files.isExecutable(TOOLS.resolve("bin").resolve(script.group(1))), script.group());
            count++;
        }

        assertFalse(count == 0, "it starts nothing");
    }

    @Test
    void shouldBeAUnitThatSystemdTakes() throws IOException, InterruptedException
    {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
            "left out: the check of caracal.service (needs systemd-analyze)");
        final String unit = Files.readString(DEPLOY.resolve("caracal.service")).replace(HOME, TOOLS.toString());
        final Path said = dir.resolve("said");
        final Process verify = new ProcessBuilder("systemd-analyze", "verify",
            Files.writeString(dir.resolve("caracal.service"), unit).toString()).redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

        assertTrue(verify.waitFor(LIMIT_S, TimeUnit.SECONDS), "systemd-analyze does not end");
        // Complaints about other units of the machine do not matter.
        assertFalse(Files.readString(said).contains("caracal.service"), () -> text(said));
        assertEquals(0, verify.exitValue(), () -> text(said));
    }

    private static String text(final Path file)
    {
        try
        {
            return Files.readString(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
