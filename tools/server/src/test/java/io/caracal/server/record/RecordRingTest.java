/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordRingTest
{
    private static final int RECORD_MAX = 200;
    private static final int RECORDS_OF_SEVERAL_ROUNDS = 1000;

    private final RecordRing ring = new RecordRing(RECORD_MAX);

    @AfterEach
    void close()
    {
        ring.close();
    }

    private static UnsafeBuffer path(final int length)
    {
        return new UnsafeBuffer(("/" + "n".repeat(length - 1)).getBytes(StandardCharsets.US_ASCII));
    }

    private List<String> ephemerals()
    {
        final List<String> ended = new ArrayList<>();
        ring.poll((type, buffer, offset, length) ->
        {
            assertEquals(RecordRing.EPHEMERAL_ENDED, type);
            ended.add(buffer.getLong(offset) + " " + RequestText.text(buffer, offset + Long.BYTES, length -
                Long.BYTES));
        });

        return ended;
    }

    /** The engine reports such paths, and would die of an exception that is thrown here. */
    @Test
    void shouldTellTheBeginningOfAPathThatIsLongerThanAnyRecord()
    {
        ring.putEphemeral(7, path(100 * RECORD_MAX), 100 * RECORD_MAX);
        ring.putEphemeral(8, path(3), 3);

        final List<String> ended = ephemerals();
        assertEquals(2, ended.size());
        assertEquals("7 /", ended.get(0).substring(0, 3));
        assertEquals("", ended.get(0).substring(3).replace("n", ""));
        assertEquals("8 /nn", ended.get(1));
        assertEquals(0, ring.takeLost());
    }

    /** The scribe takes an empty look for the end. Then the last lines of the audit log would be missing. */
    @Test
    void shouldGiveOutWhatLiesBehindTheEndOfTheRing()
    {
        final int length = 24;
        final UnsafeBuffer path = path(length);
        for (int record = 0; record < RECORDS_OF_SEVERAL_ROUNDS; record++)
        {
            ring.putEphemeral(record, path, length);
            assertEquals(1, ephemerals().size(), "record " + record);
        }
        assertEquals(List.of(), ephemerals());
    }

    @Test
    void shouldCountWhatDoesNotFit()
    {
        final UnsafeBuffer path = path(RECORD_MAX);
        int put = 0;
        while (ring.takeLost() == 0)
        {
            ring.putEphemeral(7, path, RECORD_MAX);
            put++;
        }
        ring.putEphemeral(7, path, RECORD_MAX);

        assertEquals(1, ring.takeLost());
        assertEquals(put - 1, ephemerals().size());
    }
}
