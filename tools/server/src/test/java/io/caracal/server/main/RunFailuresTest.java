/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.LostHistoryException;
import io.caracal.server.launch.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFailuresTest
{
    /** The messages of several virtual machines, from interpreted and compiled code. */
    @ParameterizedTest
    @ValueSource(strings = { "a fault occurred in a recent unsafe memory access operation in compiled Java code",
        "a fault occurred in an unsafe memory access operation" })
    void shouldSayWhereThereIsNoRoomForAMappedFile(final String fault)
    {
        final String reason = RunFailures.reason(new InternalError(fault));
        assertTrue(reason.startsWith("java.lang.InternalError: " + fault), reason);
        assertTrue(reason.contains("make some in /dev/shm"), reason);
    }

    @Test
    void shouldSayWhatToDoWithDataThatTheOthersLack()
    {
        final LostHistoryException cause = new LostHistoryException(0, 0x20);
        final String reason = RunFailures.reason(cause);
        assertTrue(reason.startsWith("the leader lacks what was committed and applied here: "), reason);
        assertTrue(reason.contains("keep the data of this server") && reason.contains("0x20"), reason);
        assertEquals(ExitCode.DATA, RunFailures.exitCode(cause));
    }

    /** The JVM's own flags for this case do nothing, because it is thrown by code in Java. */
    @Test
    void shouldSayWhatLetsDirectBuffersHaveMoreMemory()
    {
        final String reason =
            reasonOfOutOfMemory("Cannot reserve 524288 bytes of direct buffer memory (allocated: 48594487)");
        assertTrue(reason.contains("raise ZK_SERVER_HEAP"), reason);
    }

    @Test
    void shouldSayWhatLetsAProcessHaveMoreThreads()
    {
        final String reason = reasonOfOutOfMemory("unable to create native thread: possibly out of memory or " +
            "process/resource limits reached");
        assertTrue(reason.contains("ulimit -u") && !reason.contains("ZK_SERVER_HEAP"), reason);
    }

    private static String reasonOfOutOfMemory(final String told)
    {
        final String reason = RunFailures.reason(new OutOfMemoryError(told));
        assertTrue(reason.startsWith("too little memory: " + told), reason);
        return reason;
    }

    @Test
    void shouldTellFailuresApartByTheirExitCodes()
    {
        assertEquals(ExitCode.UNEXPECTED, RunFailures.exitCode(new BrokenInvariantException("of the program")));
        assertEquals(ExitCode.UNEXPECTED, RunFailures.exitCode(new InternalError()));
        assertEquals(ExitCode.JOURNAL, RunFailures.exitCode(new UncheckedIOException(new IOException("no disk"))));
    }

    @Test
    void shouldAddNothingToAnyOther()
    {
        assertEquals("java.lang.InternalError", RunFailures.reason(new InternalError()));
        assertEquals("java.lang.IllegalStateException: of the unsafe memory access",
            RunFailures.reason(new IllegalStateException("of the unsafe memory access")));
    }
}
