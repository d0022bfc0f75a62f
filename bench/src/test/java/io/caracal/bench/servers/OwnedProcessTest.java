/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class OwnedProcessTest
{
    private static final ProcessBuilder LONG = new ProcessBuilder("sleep", "120");

    @Test
    void shouldBeStartedAgainAfterItWasKilled() throws IOException
    {
        try (OwnedProcess own = new OwnedProcess("one"))
        {
            own.start(LONG);
            final long first = own.process().pid();
            own.kill();
            own.start(LONG);

            assertTrue(own.process().isAlive());
            assertNotEquals(first, own.process().pid());
        }
    }

    /**
     * The thread that measures goes on while the program ends, and would start a process again that it had killed as
     * part of a measurement.
     */
    @Test
    void shouldNotBeStartedAnyMoreOnceTheProgramEnds() throws IOException
    {
        try (OwnedProcess own = new OwnedProcess("one"))
        {
            own.start(LONG);
            own.kill();
            own.endForGood();

            assertThrows(IllegalStateException.class, () -> own.start(LONG));
            assertFalse(own.process().isAlive());
        }
    }

    @Test
    void shouldEndWithTheProgram() throws IOException
    {
        try (OwnedProcess own = new OwnedProcess("one"))
        {
            own.start(LONG);
            own.endForGood();
            own.awaitEnd();

            assertFalse(own.process().isAlive());
        }
    }
}
