/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.zab.RecordingJournal;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.Zxid;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandOverTest
{
    private static final int HISTORY_LENGTH = 64 << 10;
    private static final long EPOCH_BEGIN = Zxid.pack(2, 0);
    private static final long FIRST = Zxid.pack(2, 1);
    private static final UnsafeBuffer PAYLOAD = new UnsafeBuffer(new byte[8]);

    private final ServerLog log = new ServerLog(new RecordingJournal(), new MemoryLedger(), HISTORY_LENGTH);
    private final HandOver handOver = new HandOver(log);

    @AfterEach
    void close()
    {
        log.close();
    }

    @Test
    void shouldKeepItsFirstReason()
    {
        assertFalse(handOver.isUnderWay());
        assertNull(handOver.reason());

        handOver.begin("the disk is full");
        handOver.begin("hands over");

        assertTrue(handOver.isUnderWay());
        assertEquals("the disk is full", handOver.reason());
    }

    /** The epoch has no transaction yet, so the log ends in an earlier epoch. */
    @Test
    void shouldWaitForNothingWhenNothingWasProposed()
    {
        log.restart(Zxid.pack(1, 7));

        assertTrue(handOver.isSettled(EPOCH_BEGIN));
    }

    @Test
    void shouldWaitUntilWhatWasProposedIsCommittedAndApplied()
    {
        log.restart(Zxid.pack(1, 7));
        assertTrue(log.propose(FIRST, PAYLOAD, 0, PAYLOAD.capacity()));
        assertFalse(handOver.isSettled(FIRST));

        log.onCommitted(FIRST);
        assertFalse(handOver.isSettled(FIRST), "it is committed, and not applied yet");

        log.deliver(1, (zxid, buffer, offset, length) -> zxid == FIRST);
        assertTrue(handOver.isSettled(FIRST));
    }
}
