/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest
{
    private static final int LENGTH_MAX = 100;

    @Test
    void shouldEndWhereItGetsTooLongAndNotWhenAllIsWritten()
    {
        final List<String> endless = Collections.nCopies(Integer.MAX_VALUE, "<<<");

        assertThrows(AnswerTooLongException.class, () -> Json.of(endless, LENGTH_MAX));
    }

    @Test
    void shouldWriteWhatIsNotTooLong()
    {
        assertEquals("[ \"\\u003c\", \"a\" ]\n", Json.of(List.of("<", "a"), LENGTH_MAX));
    }
}
