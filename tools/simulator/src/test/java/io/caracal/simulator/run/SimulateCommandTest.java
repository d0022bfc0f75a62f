/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SimulateCommandTest
{
    /** The last line, which says what became of the runs, is what a script goes by. */
    @Test
    void shouldFailWhereItCannotSayWhatBecameOfItsRuns() throws Exception
    {
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"), SimulateCommand.class.getName(), "--help").redirectOutput(Path
                .of("/dev/full").toFile()).start();
        final String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(3, process.waitFor(), said);
        assertTrue(said.contains("what was found could not be written"), said);
    }
}
