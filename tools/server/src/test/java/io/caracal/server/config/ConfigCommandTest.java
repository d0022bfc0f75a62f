/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.console.EmptyArgument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest
{
    @TempDir
    private Path dir;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldFindAGoodFileGood() throws IOException
    {
        assertEquals(0, check("dataDir=/data\nclientPort=2181\n"));
        assertTrue(out.toString(StandardCharsets.UTF_8).endsWith(": good\n"));
    }

    /** A start may get it as an argument. */
    @Test
    void shouldWarnOfAFileWithoutADataDirectory() throws IOException
    {
        assertEquals(0, check("clientPort=2181\n"));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("WARN " + dir.resolve("zoo.cfg") +
            ": dataDir is not set; "), out::toString);
    }

    @Test
    void shouldExitWithTwoOnUnknownKeys() throws IOException
    {
        assertEquals(2, check("dataDir=/data\nsnapCuont=5\n"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("zoo.cfg:2: unknown key snapCuont"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("nearest known key is snapCount"));
    }

    @Test
    void shouldShowControlCharactersAsEscapes() throws IOException
    {
        final byte[] binary = "dataDir=/data\n\u001b[2Jk\u0000y=\u009bv\nserver.1=a\u0007b\nkl\u00e4nge=1\n"
            .getBytes(StandardCharsets.ISO_8859_1);
        final Path file = Files.write(dir.resolve("zoo.cfg"), binary);

        assertEquals(2, run("--check", file.toString()));
        assertEquals(0, run("--explain", file.toString()));
        final String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("unknown key \\u001b[2Jk\\u0000y"), text);
        assertTrue(text.contains("\n\\u001b[2Jk\\u0000y=\\u009bv\n"), text);
        assertTrue(text.contains("server.1=a\\u0007b"), text);
        assertTrue(text.contains("unknown key kl\u00e4nge"), text);
        assertTrue(text.chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)), text);
    }

    @Test
    void shouldSayThatAnArgumentIsNoPath()
    {
        assertEquals(2, run("--check", "a\0b.cfg"));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("a\\u0000b.cfg is not a path in the locale"),
            err::toString);
    }

    @Test
    void shouldSayThatTheNameOfAFileIsEmpty()
    {
        assertEquals(2, run("--check", ""));
        assertEquals(2, run("--explain", ""));
        assertEquals(2,
            err.toString(StandardCharsets.UTF_8).lines().filter(line -> line.equals(EmptyArgument.MESSAGE)).count(),
            err::toString);
    }

    /** Mistakes in server lines are treated like those in other lines. */
    @Test
    void shouldFindAllMistakesAtOnce() throws IOException
    {
        assertEquals(2, check("clientPort=abc\nserver.1=foo\nserver.2=\nserver.3=a:1:2\nserver.03=b:1:2\n"));
        final String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("zoo.cfg:1: clientPort=abc is not a whole number"), text);
        assertTrue(text.contains("zoo.cfg:2: server.1=foo is not host:port:port"), text);
        assertEquals(1, text.lines().filter(line -> line.contains("zoo.cfg:3: ")).count(), text);
        assertTrue(text.contains("names a server that has another line"), text);
    }

    @Test
    void shouldExitWithTwoOnWhatIsRefused() throws IOException
    {
        assertEquals(2, check("sslQuorum=true\n"));
    }

    @Test
    void shouldExplainEveryKey() throws IOException
    {
        final Path file = Files.writeString(dir.resolve("zoo.cfg"),
            "tickTime=2000\nserver.1=a:1:2\nDigestAuthenticationProvider.superDigest=super:s3cret\n");

        assertEquals(0, run("--explain", file.toString()));
        final String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("tickTime=2000\n    default: 3000, source: " + file + ":1, must be: a whole number"));
        assertTrue(text.contains("server.1=a:1:2\n"));
        assertTrue(text.contains("weight.N (not set)\n    default: 1, source: default, must be: a whole number"));
        assertFalse(text.contains("s3cret"));
        for (final KnownKey property : KnownKeys.all())
        {
            assertTrue(text.contains(property.key()), property.key());
        }
    }

    /** In a file the key is written without the prefix. */
    @Test
    void shouldNotShowTheSecretOfAMistypedKey() throws IOException
    {
        final String text = explained("zookeeper.DigestAuthenticationProvider.superDigest=super:s3cret\n");

        assertTrue(text.contains("zookeeper.DigestAuthenticationProvider.superDigest=***\n"), text);
    }

    @Test
    void shouldExplainWhatAKeyNeeds() throws IOException
    {
        final String text = explained("emulate353TTLNodes=true\n");
        assertTrue(text.contains("    takes effect only with extendedTypesEnabled=true: not now\n"), text);

        final String both = explained("emulate353TTLNodes=true\nextendedTypesEnabled=true\n");
        assertTrue(both.contains("    takes effect only with extendedTypesEnabled=true\n"), both);
    }

    private String explained(final String text) throws IOException
    {
        out.reset();
        assertEquals(0, run("--explain", Files.writeString(dir.resolve("zoo.cfg"), text).toString()));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldShowItsUse()
    {
        assertEquals(2, run());
        assertEquals(2, run("--check"));
        assertEquals(0, run("--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("--explain"));
    }

    private int check(final String text) throws IOException
    {
        return run("--check", Files.writeString(dir.resolve("zoo.cfg"), text).toString());
    }

    private int run(final String... args)
    {
        return new ConfigCommand(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8), new Properties()).run(args);
    }
}
