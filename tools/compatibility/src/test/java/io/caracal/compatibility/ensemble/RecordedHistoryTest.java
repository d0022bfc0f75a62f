/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.simulator.check.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the judge itself: a check that cannot fail proves nothing. */
class RecordedHistoryTest
{
    private static final String WRITTEN = """
        I 0 0 CREATE /register0 first -1 1
        A 0 0 0 - 0 2
        I 0 1 SET_DATA /register0 a -1 3
        I 1 0 SET_DATA /register0 b -1 4
        A 1 0 0 - 2 6
        """;

    @TempDir
    private Path dir;

    @Test
    void shouldAcceptThatAWriteWithoutAnAnswerTookEffect() throws IOException
    {
        assertEquals(1, history("I 2 0 GET_DATA /register0 - -1 7\nA 2 0 0 b 2 8\nI 2").judge());
    }

    @Test
    void shouldNotAcceptAReadOfWhatWasOverwritten() throws IOException
    {
        final RecordedHistory history = history("I 2 0 GET_DATA /register0 - -1 7\nA 2 0 0 first 0 8\n");
        assertThrows(Violation.class, history::judge);
    }

    @Test
    void shouldNotAcceptThatAnAcknowledgedWriteIsLost() throws IOException
    {
        final RecordedHistory history = history(
            "I 2 0 SET_DATA /register0 c 2 7\nA 2 0 -103 - 0 8\nI 2 1 GET_DATA /register0 - -1 9\nA 2 1 0 a 1 10\n");
        assertThrows(Violation.class, history::judge);
    }

    private RecordedHistory history(final String more) throws IOException
    {
        return new RecordedHistory(Files.writeString(dir.resolve("history"), WRITTEN + more));
    }
}
