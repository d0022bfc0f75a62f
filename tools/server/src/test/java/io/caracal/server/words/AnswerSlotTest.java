/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rest of an answer that nobody waited for must not be taken for part of the next one. */
class AnswerSlotTest
{
    private static final int RECORD_LENGTH = 4_000;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RECORD_LENGTH]);
    private final AnswerSlot slot = new AnswerSlot();
    private long queryId;
    private int read;

    @AfterEach
    void close()
    {
        slot.close();
    }

    @Test
    void shouldForgetWhatIsLeftOfAnAnswerBehindThePlaceWhereTheRingWrapsAround()
    {
        open();
        // Everything up to the end of the ring is read; then a record does not fit there.
        for (int left = OperatorBridge.ANSWER_LENGTH; left >= 2 * RECORD_LENGTH; left -= RECORD_LENGTH)
        {
            answer();
            read();
        }
        answer();
        read();
        answer();
        slot.cancel();
        slot.end();

        open();
        assertEquals(0, read());
        answer();
        assertEquals(1, read());
    }

    private void open()
    {
        slot.open(() ->
        {
        });
        slot.begin(++queryId);
        assertTrue(slot.tryBegin(queryId));
    }

    private void answer()
    {
        assertTrue(slot.answer(queryId, record, 0, RECORD_LENGTH));
    }

    /** Reads twice, because one read ends where the ring wraps around. */
    private int read()
    {
        read = 0;
        for (int i = 0; i < 2; i++)
        {
            slot.read((type, buffer, index, length) -> read++, Integer.MAX_VALUE);
        }

        return read;
    }
}
