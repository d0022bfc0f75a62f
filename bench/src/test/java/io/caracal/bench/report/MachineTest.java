/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest
{
    /** In some containers the system finds no mount point of a directory; the JDK throws then. */
    @Test
    void shouldDoWithoutAFactThatTheMachineDoesNotTell(@TempDir final Path dir)
    {
        assertEquals("unknown", Machine.facts(dir.resolve("none")).get("data disk"));
        assertEquals("proc on proc", Machine.facts(Path.of("/proc")).get("data disk"));
    }
}
