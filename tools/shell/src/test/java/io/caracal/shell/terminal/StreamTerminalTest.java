/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StreamTerminalTest
{
    @Test
    void shouldKnowThatNothingCanBeWrittenAnyMore() throws IOException
    {
        try (OutputStream full = Files.newOutputStream(Path.of("/dev/full")))
        {
            final StreamTerminal terminal = new StreamTerminal(full, new ByteArrayOutputStream(), false);
            terminal.out("a");
            assertFalse(terminal.isBroken());
            terminal.flush();
            assertTrue(terminal.isBroken());
        }
    }
}
