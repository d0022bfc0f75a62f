/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTailTest
{
    @TempDir
    private Path dir;

    /** A server may print anything, and its last lines tell why it did not start. */
    @Test
    void shouldTellTheLastLinesWhateverTheirEncoding() throws IOException
    {
        final Path output = Files.write(dir.resolve("output.log"), ("first\n" + "line\n".repeat(19) + "gr\u00fcn\n")
            .getBytes(StandardCharsets.ISO_8859_1));

        assertEquals("line\n".repeat(19) + "gr\ufffdn", OutputTail.of(output));
        assertTrue(OutputTail.of(dir.resolve("none")).startsWith("no output: "));
    }
}
