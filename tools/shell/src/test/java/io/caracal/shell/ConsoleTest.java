/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest
{
    @TempDir
    private Path dir;

    /** A person may read the output even if the commands come from a pipe. */
    @Test
    void shouldKnowAScreenByItsDevice() throws IOException
    {
        check(true, "/dev/pts/0");
        check(true, "/dev/tty1");
        check(true, "/dev/console");
        check(false, "pipe:[4711]");
        check(false, "/dev/null");
        check(false, "/tmp/dev/pts/0");
        assertFalse(Console.leadsToScreen(dir.resolve("closed")));
    }

    private void check(final boolean isScreen, final String device) throws IOException
    {
        final Path link = dir.resolve("1");
        Files.deleteIfExists(link);
        assertEquals(isScreen, Console.leadsToScreen(Files.createSymbolicLink(link, Path.of(device))), device);
    }
}
