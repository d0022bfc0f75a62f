/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ResultsTest
{
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(told, true, StandardCharsets.UTF_8);

    @Test
    void shouldFailWhenAResultCannotBeWritten() throws IOException
    {
        try (OutputStream full = Files.newOutputStream(Path.of("/dev/full")))
        {
            assertEquals(Results.LOST, Results.run(full, err, out -> print(out, 0)));
            assertTrue(told.toString(StandardCharsets.UTF_8).startsWith(
                "what was found could not be written (No space left on device); make room"), told::toString);
            assertEquals(2, Results.run(full, err, out -> print(out, 2)), "what the command says counts more");
        }
    }

    @Test
    void shouldNotFailWhenTheReaderGoesAway()
    {
        final OutputStream gone = new OutputStream()
        {
            @Override
            public void write(final int octet) throws IOException
            {
                throw new IOException("Broken pipe");
            }
        };
        assertEquals(0, Results.run(gone, err, out -> print(out, 0)));
        assertEquals("", told.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldPrintInOneEncodingWhateverTheLocale()
    {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertEquals(0, Results.run(printed, err, out -> print(out, 0)));
        assertEquals("gr\u00fcn\n", printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldSayThatAnArgumentIsNoPath()
    {
        assertEquals(2, Results.run(OutputStream.nullOutputStream(), err, out -> Path.of("a\0b").getNameCount()));
        assertTrue(told.toString(StandardCharsets.UTF_8).startsWith("a?b is not a path in the locale of this process"),
            told::toString);
    }

    private static int print(final PrintStream out, final int exitCode)
    {
        out.print("gr\u00fcn\n");
        return exitCode;
    }
}
