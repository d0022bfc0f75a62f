/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.server.KeptLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PortAttemptsTest
{
    private static final String LOG = "port-attempts";

    private final List<Long> pausesMs = new ArrayList<>();
    private int made;

    @Test
    void shouldGiveUpAfterTheLastAttempt()
    {
        try (KeptLog log = new KeptLog(LOG))
        {
            final LaunchException ex = assertThrows(LaunchException.class, () -> attempts(3).first(() -> made(9,
                ExitCode.QUORUM_PORT)));
            assertEquals("failure 3", ex.getMessage());
            assertEquals("attempt 1 of 3 in vain, the next one follows in a second: failure 1\n" +
                "attempt 2 of 3 in vain, the next one follows in a second: failure 2", log.text());
        }
        assertEquals(List.of(1000L, 1000L), pausesMs);
    }

    @Test
    void shouldTakeTheFirstThatSucceeds() throws InterruptedException
    {
        assertSame(this, attempts(3).first(() -> made(1, ExitCode.QUORUM_PORT)));
        assertEquals(2, made);
        assertEquals(List.of(1000L), pausesMs);
    }

    @Test
    void shouldGoOnForAsLongAsItTakesWhereThereIsNoLimit() throws InterruptedException
    {
        assertSame(this, attempts(0).first(() -> made(50, ExitCode.QUORUM_PORT)));
        assertEquals(51, made);
    }

    @Test
    void shouldNotTryAgainWhatNeedsAPerson()
    {
        assertThrows(LaunchException.class, () -> attempts(3).first(() -> made(9, ExitCode.DATA)));
        assertEquals(1, made);
        assertEquals(List.of(), pausesMs);
    }

    private PortAttempts attempts(final int attemptsMax)
    {
        return new PortAttempts(LoggerFactory.getLogger(LOG), attemptsMax, pausesMs::add);
    }

    private PortAttemptsTest made(final int failures, final ExitCode exitCode)
    {
        made++;
        if (made <= failures)
        {
            throw new LaunchException(exitCode, "failure " + made, null);
        }

        return this;
    }
}
