/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownOptionTest
{
    /** The missing option may be the one that was mistyped. */
    @Test
    void shouldNameItBeforeWhatIsMissing()
    {
        for (final List<String> words : List.of(List.of("import", "-x"), List.of("export", "-x"), List.of("backup",
            "-x"),
            List.of("restore", "-x", "--to", "y"), List.of("journal", "dump", "-x"), List.of("snapshot", "compare",
                "-x")))
        {
            final Run run = Run.of(words.toArray());
            assertEquals(2, run.exitCode(), words::toString);
            assertTrue(run.err().startsWith("Unknown option: '-x'; see caracal " + words.get(0)), run.err());
        }
        final Run missing = Run.of("backup", "b");
        assertTrue(missing.err().startsWith("Missing required option: '--from=DIR'; see caracal backup --help"),
            missing.err());
    }

    /** As a path it would mean the working directory: a restore would write there. */
    @Test
    void shouldRefuseAnEmptyWord()
    {
        for (final List<String> words : List.of(List.of("restore", "b", "--to", ""), List.of("restore", "b", "--to="),
            List.of("backup", "", "--from", "d"), List.of("journal", "verify", "")))
        {
            final Run run = Run.of(words.toArray());
            assertEquals(2, run.exitCode(), words::toString);
            assertEquals("an argument is empty; perhaps a variable is not set\n", run.err());
        }
    }
}
