/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineHistoryTest
{
    private final LineHistory history = new LineHistory();

    @Test
    void shouldNumberLinesAndReplaceTheLast()
    {
        history.add("ls /");
        history.add("redo 0");
        history.replaceLast("ls /");
        history.add("history");

        assertEquals(3, history.count());
        assertEquals(0, history.first());
        assertEquals(List.of("ls /", "history"), history.from(1));
    }

    /** A pipe may send more than fits into the heap. */
    @Test
    void shouldForgetTheOldestOfManyLines()
    {
        final String line = "x".repeat(LineHistory.CHARS_MAX / 4);
        for (int i = 0; i < 10; i++)
        {
            history.add(line);
        }

        assertEquals(10, history.count());
        assertEquals(6, history.first());
        assertEquals(4, history.from(history.first()).size());

        final String longer = "y".repeat(LineHistory.CHARS_MAX + 1);
        history.add(longer);
        assertEquals(List.of(longer), history.from(10));
        assertTrue(history.first() == 10, () -> "" + history.first());
    }
}
