/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.memory.MemoryTag;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangeTableTest
{
    private static final int WAVE = 4 * ChangeTable.IDLE_MAX;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    /** When a disk hangs, many changes wait. What they took must not stay taken afterwards. */
    @Test
    void shouldGiveBackWhatAWaveOfChangesTook()
    {
        try (ChangeTable table = new ChangeTable(memory.ledger()))
        {
            for (int i = 0; i < WAVE; i++)
            {
                final byte[] path = ("/wave/" + i).getBytes(StandardCharsets.US_ASCII);
                table.add(i, new UnsafeBuffer(path), 0, path.length);
            }
            final long atItsHeight = memory.ledger().bytes(MemoryTag.OUTSTANDING);
            while (table.first() != null)
            {
                table.remove(table.first());
            }

            assertEquals(0, table.size());
            final long after = memory.ledger().bytes(MemoryTag.OUTSTANDING);
            assertTrue(after <= atItsHeight / 2, () -> after + " of " + atItsHeight + " bytes are kept");
        }
    }
}
