/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void shouldAddNothingToAnyOther()
    {
        assertEquals("java.lang.InternalError", RunFailures.reason(new InternalError()));
        assertEquals("java.lang.IllegalStateException: of the unsafe memory access",
            RunFailures.reason(new IllegalStateException("of the unsafe memory access")));
    }
}
