/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A command that was mistyped does nothing, and says how it is typed. */
class UnknownOptionTest
{
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream outLines = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final PrintStream errLines = new PrintStream(err, true, StandardCharsets.UTF_8);

    @Test
    void shouldTellTheVersionOnlyToThoseWhoAskForNothingElse()
    {
        assertEquals(2, new VersionCommand(outLines, errLines).run("-x"));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("usage: caracal version"));

        assertEquals(0, new VersionCommand(outLines, errLines).run());
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("Caracal "));
    }

    @Test
    void shouldTakeNoOptionForADirectoryThatIsCleanedUp()
    {
        assertEquals(2, new CleanupCommand(outLines, errLines).run("-x", ".", "3"));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("usage: caracal cleanup"));
    }
}
