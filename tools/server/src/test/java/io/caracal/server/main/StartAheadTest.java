/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.ILoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

class StartAheadTest
{
    /** On a busy machine the main thread may come first; then nobody listened to what Logback reports about itself. */
    @Test
    void shouldWaitForTheLoggingThatAnotherThreadSetsUp()
    {
        final ILoggerFactory substitute = new SubstituteLoggerFactory();
        final ILoggerFactory real = new NOPLoggerFactory();
        final Deque<ILoggerFactory> factories = new ArrayDeque<>(List.of(substitute, substitute, real));

        assertSame(real, StartAhead.settled(factories::remove));
    }
}
