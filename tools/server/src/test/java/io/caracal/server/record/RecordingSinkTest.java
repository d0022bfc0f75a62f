/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.caracal.server.metrics.CountersSink;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RecordingSinkTest
{
    /** What an event sink does not take is lost without a word, and with it the figures that it was for. */
    @Test
    void shouldTakeEverythingThatTheFiguresTake()
    {
        final Set<String> missing = events(CountersSink.class);
        assertFalse(missing.isEmpty());

        missing.removeAll(events(RecordingSink.class));

        assertEquals(Set.of(), missing);
    }

    /** Names and parameters of what a class itself is told: methods that return nothing. */
    private static Set<String> events(final Class<?> sink)
    {
        final Set<String> events = new TreeSet<>();
        for (final Method method : sink.getDeclaredMethods())
        {
            if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == void.class)
            {
                events.add(method.getName() + Arrays.toString(method.getParameterTypes()));
            }
        }

        return events;
    }
}
