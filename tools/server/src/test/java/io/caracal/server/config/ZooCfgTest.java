/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooCfgTest
{
    @Test
    void shouldRememberLineNumbers()
    {
        final ZooCfg cfg = ZooCfg.parse("zoo.cfg",
            "# comment\n\ntickTime=2000\n  dataDir : /data  \nlong=a\\\n   b\nx=1\n");

        assertEquals(new CfgLine("tickTime", "2000", "zoo.cfg:3", Origin.FILE), cfg.lines().get(0));
        assertEquals(new CfgLine("dataDir", "/data", "zoo.cfg:4", Origin.FILE), cfg.lines().get(1));
        assertEquals(new CfgLine("long", "ab", "zoo.cfg:5", Origin.FILE), cfg.lines().get(2));
        assertEquals("zoo.cfg:7", cfg.lines().get(3).where());
    }

    @Test
    void shouldReadAsJavaPropertiesDoes() throws IOException
    {
        final Random random = new Random(7);
        final String alphabet = "ab=: \t\\\n\r#!u0041\\\n";
        for (int round = 0; round < 20_000; round++)
        {
            final StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(24); i > 0; i--)
            {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }

            assertSame(text.append("\nz=1").toString());
        }
    }

    private static void assertSame(final String text) throws IOException
    {
        final Properties expected = new Properties();
        try
        {
            expected.load(new StringReader(text));
        }
        catch (final IllegalArgumentException ex)
        {
            assertThrows(ConfigException.class, () -> ZooCfg.parse("f", text), text);
            return;
        }

        final Map<String, String> trimmed = new TreeMap<>();
        expected.stringPropertyNames().forEach(key -> trimmed.put(key, expected.getProperty(key).trim()));
        final Map<String, String> actual = new TreeMap<>();
        ZooCfg.parse("f", text).lines().forEach(line -> actual.put(line.key(), line.value()));
        assertEquals(trimmed, actual, () -> "text: " + text.replace("\n", "\\n|").replace("\r", "\\r|"));
    }

    @Test
    void shouldNameTheFileThatIsMissing()
    {
        final ConfigException failure = assertThrows(ConfigException.class,
            () -> ZooCfg.read(Path.of("no", "such", "zoo.cfg")));

        assertTrue(failure.getMessage().contains("no/such/zoo.cfg"), failure.getMessage());
    }

    @Test
    void shouldTakeAFileInTheEncodingOfOldTimes(@TempDir final Path dir) throws IOException
    {
        final Path file = Files.write(dir.resolve("zoo.cfg"),
            "# f\u00fcr alle\ndataDir=/d\u00e4ta\n".getBytes(StandardCharsets.ISO_8859_1));

        assertEquals("/d\u00e4ta", ZooCfg.read(file).lines().get(0).value());
        Files.writeString(file, "dataDir=/d\u00e4ta\n");
        assertEquals("/d\u00e4ta", ZooCfg.read(file).lines().get(0).value());
    }

    @Test
    void shouldTakeAFileOfAnEditorOfAnotherSystem(@TempDir final Path dir) throws IOException
    {
        final Path file = Files.writeString(dir.resolve("zoo.cfg"), "\uFEFFdataDir=/dä ta \t\r\nclientPort 1\r\n");
        assertEquals(List.of("dataDir=/dä ta", "clientPort=1"),
            ZooCfg.read(file).lines().stream().map(line -> line.key() + "=" + line.value()).toList());
    }

    @Test
    void shouldSayWhyAFileCannotBeRead(@TempDir final Path dir) throws IOException
    {
        final ConfigException missing = assertThrows(ConfigException.class, () -> ZooCfg.read(dir.resolve("no.cfg")));
        assertTrue(missing.getMessage().contains("there is no " + dir.resolve("no.cfg")), missing.getMessage());

        final Path file = Files.writeString(dir.resolve("zoo.cfg"), "dynamicConfigFile=" + dir.resolve("no.dynamic"));
        final ConfigException missingToo = assertThrows(ConfigException.class, () -> ZooCfg.read(file));
        assertEquals(file + ":1: dynamicConfigFile=" + dir.resolve("no.dynamic") + " cannot be read: there is no " +
            dir.resolve("no.dynamic") + "; name an existing configuration file", missingToo.getMessage());

        Files.writeString(file, "dynamicConfigFile=/mem\\u0000bers");
        final ConfigException noPath = assertThrows(ConfigException.class, () -> ZooCfg.read(file));
        assertTrue(noPath.getMessage().startsWith(file + ":1: dynamicConfigFile is not a path"), noPath.getMessage());

        final ConfigException directory = assertThrows(ConfigException.class, () -> ZooCfg.read(dir));
        assertTrue(directory.getMessage().contains("Is a directory"), directory.getMessage());
    }
}
