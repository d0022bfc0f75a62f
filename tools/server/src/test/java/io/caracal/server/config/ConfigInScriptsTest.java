/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts find the same values in a configuration file as the server does. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfigInScriptsTest
{
    private static final Path SCRIPTS = Path.of("..", "bin").toAbsolutePath().normalize();
    private static final int TEXTS = 400;
    private static final int PARTS_MAX = 40;
    private static final String[] PARTS = { "a", "B.1", "u", "t", "/", "é", "=", ":", " ", "\t", "\f", "\\", "\\", "\n",
        "\n", "\r", "\r\n", "#", "!", "\\u0041", "\\u00e9", "\\u20AC", "'", "\"", "$a", "*", "%s", ";" };

    @TempDir
    private Path dir;

    @Test
    void shouldTakeLinesApartAsTheServerDoes() throws Exception
    {
        final Random random = new Random(1);
        final List<String> expected = new ArrayList<>();
        int count = 0;
        while (count < TEXTS)
        {
            final StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(PARTS_MAX); i > 0; i--)
            {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            final Path file = Files.writeString(dir.resolve(String.valueOf(count)), text);
            final List<CfgLine> lines;
            try
            {
                lines = ZooCfg.parse("zoo.cfg", Files.readString(file)).lines();
            }
            catch (final ConfigException badEscape)
            {
                continue;
            }
            count++;
            lines.forEach(line -> expected.addAll(List.of(file.toString(), line.key(), line.value())));
        }

        assertIterableEquals(expected, readByScript(count));
    }

    private List<String> readByScript(final int count) throws IOException, InterruptedException
    {
        final String said = run(0, "bash", "-c", """
            . "$0/zkEnv.sh"
            for ((n = 0; n < $2; n++)); do
              caracal_read_config "$1/$n"
              for i in "${!CONFIG_KEYS[@]}"; do
                printf '%s\\0' "$1/$n" "${CONFIG_KEYS[i]}" "${CONFIG_VALUES[i]}"
              done
            done
            """, SCRIPTS.toString(), dir.toString(), String.valueOf(count));
        final List<String> words = Arrays.asList(said.split("\0", -1));
        return words.subList(0, words.size() - 1);
    }

    /** The server reads a file that is not valid UTF-8 like ZooKeeper reads any file. */
    @Test
    void shouldReadWhatIsNoUtf8AsTheServerDoes() throws Exception
    {
        final Path file =
            Files.write(dir.resolve("zoo.cfg"), "dataDir=/d\u00e4ta\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("/d\u00e4ta", ZooCfg.read(file).lines().get(0).value());
        assertEquals("/d\u00e4ta\n", run(0, "bash", "-c", ". \"$0/zkEnv.sh\"; caracal_config_value dataDir \"$1\"",
            SCRIPTS.toString(), file.toString()));
    }

    /**
     * Surrogate pairs have a test of their own: half of a pair is no text, so there are none among the random
     * characters.
     */
    @Test
    void shouldReadSignsThatAreToldByTwoNumbers() throws Exception
    {
        final Path file = Files.writeString(dir.resolve("zoo.cfg"), "dataDir=/\\uD83D\\uDE00\\u00e9\n");
        final String read = ZooCfg.read(file).lines().get(0).value();
        assertEquals(read + "\n", run(0, "bash", "-c", ". \"$0/zkEnv.sh\"; caracal_config_value dataDir \"$1\"",
            SCRIPTS.toString(), file.toString()));
    }

    @Test
    void shouldFindPortAndAddressInLinesThatGoOn() throws Exception
    {
        Files.writeString(dir.resolve("zoo.cfg"), """
              dataDir : \\
                %s
            server.1 h:1:2;\\
              [::1]:1
            server.2 = h:1:2:participant;[::1]\\
              :2::;
            """.formatted(dir));
        Files.writeString(dir.resolve("myid"), "2\n");
        final String inServerLine = status();
        assertTrue(inServerLine.contains("Client port found: 2. Client address: ::1. "), inServerLine);

        Files.writeString(dir.resolve("zoo.cfg"), "clientPort\\\n = \\\n   1\nclient\\\n\tPortAddress 127.0.0.2");
        final String inLines = status();
        assertTrue(inLines.contains("Client port found: 1. Client address: 127.0.0.2. "), inLines);
    }

    private String status() throws IOException, InterruptedException
    {
        return run(1, SCRIPTS.resolve("zkServer.sh").toString(), "--config", dir.toString(), "status");
    }

    private static String run(final int exitCode, final String... words) throws IOException, InterruptedException
    {
        final Process script = new ProcessBuilder(words).redirectErrorStream(true).start();
        final String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, script.waitFor(), said);
        return said;
    }
}
