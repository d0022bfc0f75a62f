/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.duty.Duty;
import org.junit.jupiter.api.Test;

class ForceBatchTest
{
    private static final long NOW_NS = 5;

    private final ForceBatch batch = new ForceBatch();

    @Test
    void shouldWantAMarkAfterALoneRecord()
    {
        batch.onChunk();
        batch.onRecord(10);
        assertEquals(Duty.UNTIL_WOKEN, batch.markDelayNs(NOW_NS, Duty.UNTIL_WOKEN), "it is not forced");
        batch.onForced(NOW_NS);
        assertTrue(batch.markDelayNs(NOW_NS, Duty.UNTIL_WOKEN) < Duty.UNTIL_WOKEN);
    }

    @Test
    void shouldWantItUntilItIsWrittenOrARecordSaysTheSame()
    {
        batch.onRecord(10);
        batch.onForced(NOW_NS);
        batch.onForced(NOW_NS);
        assertTrue(batch.markDelayNs(NOW_NS, Duty.UNTIL_WOKEN) < Duty.UNTIL_WOKEN, "a force of nothing takes it away");
        batch.onChunk();
        assertEquals(Duty.UNTIL_WOKEN, batch.markDelayNs(NOW_NS, Duty.UNTIL_WOKEN));

        batch.onRecord(10);
        batch.onForced(NOW_NS);
        batch.onMarked();
        assertEquals(Duty.UNTIL_WOKEN, batch.markDelayNs(NOW_NS, Duty.UNTIL_WOKEN));
    }
}
