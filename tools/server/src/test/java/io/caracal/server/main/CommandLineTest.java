/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.ServerContext;
import io.caracal.server.config.ConfigException;
import io.caracal.server.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest
{
    private static final String DATA_DIR_PROPERTY = "zookeeper.dataDir";

    @TempDir
    private Path dir;

    @Test
    void shouldReadAFileWhosePathHoldsTheSignOfASetting() throws IOException
    {
        final Path file = Files.writeString(Files.createDirectory(dir.resolve("env=test")).resolve("zoo.cfg"),
            "dataDir=" + dir + "\nclientPort=2345\n");

        assertEquals("2345", text(CommandLine.parse(file.toString()), "clientPort"));
        assertEquals("1", text(CommandLine.parse(file.toString(), "clientPort=1"), "clientPort"));
        final ConfigException missing = assertThrows(ConfigException.class, () -> CommandLine.parse("./no=file"));
        assertTrue(missing.getMessage().contains("there is no ./no=file"), missing.getMessage());
    }

    /** For example a name with umlauts in a locale that has none. */
    @Test
    void shouldSayThatAnArgumentIsNoPath()
    {
        final ConfigException refused = assertThrows(ConfigException.class, () -> CommandLine.parse("a\0b.cfg"));

        assertTrue(refused.getMessage().startsWith("a\\u0000b.cfg is not a path in the locale of this process: "),
            refused.getMessage());
    }

    /** Taken for the name of a file it would only be told that there is none. */
    @Test
    void shouldRefuseWhatIsNoOption() throws IOException
    {
        final String file = Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir + "\n").toString();
        for (final String[] words : new String[][]{ { "-x" }, { "--config", file }, { file, "-x" }, { "-Da=b" } })
        {
            final ConfigException refused = assertThrows(ConfigException.class, () -> CommandLine.parse(words));
            assertTrue(refused.getMessage().matches("there is no option -\\S+\nusage: caracal server [\\s\\S]*"),
                refused.getMessage());
        }
        final ConfigException empty = assertThrows(ConfigException.class, () -> CommandLine.parse(""));
        assertTrue(empty.getMessage().startsWith("an argument is empty"), empty.getMessage());
    }

    /** ZooKeeper's older order needs a directory as well. */
    @Test
    void shouldSayHowAPortAloneIsWritten()
    {
        final ConfigException refused = assertThrows(ConfigException.class, () -> CommandLine.parse("2181"));

        assertTrue(refused.getMessage().startsWith("there is no file 2181; a port alone is written clientPort=2181\n" +
            CommandLine.USAGE), refused.getMessage());
    }

    /** Otherwise the server would begin empty, in a new directory with the name of the setting. */
    @Test
    void shouldNotTakeASettingBehindAPortForTheDataDirectory()
    {
        final ConfigException refused =
            assertThrows(ConfigException.class, () -> CommandLine.parse("2181", "dataDir=/data"));

        assertTrue(refused.getMessage().startsWith("dataDir=/data stands behind a port, "), refused.getMessage());
        assertEquals("./a=b", text(CommandLine.parse("2181", "./a=b"), "dataDir"));
    }

    @Test
    void shouldTakeSettingsWithoutAFile()
    {
        assertEquals("/a=b/c", text(CommandLine.parse("dataDir=/a=b/c"), "dataDir"));
        assertEquals(Path.of("caracal-data").toAbsolutePath().toString(), text(CommandLine.parse("clientPort=1"),
            "dataDir"));
        assertEquals("/old", text(CommandLine.parse("2181", "/old"), "dataDir"));
    }

    @Test
    void shouldTakeTheDataDirectoryFromAPropertyRatherThanTheDefault()
    {
        System.setProperty(DATA_DIR_PROPERTY, dir.toString());
        try
        {
            assertEquals(dir.toString(), text(CommandLine.parse(), "dataDir"));
            assertEquals("/typed", text(CommandLine.parse("dataDir=/typed"), "dataDir"));
        }
        finally
        {
            System.clearProperty(DATA_DIR_PROPERTY);
        }
    }

    private static String text(final ServerContext context, final String key)
    {
        final Settings settings = context.conclude();

        return settings.lines().get(key).value();
    }
}
