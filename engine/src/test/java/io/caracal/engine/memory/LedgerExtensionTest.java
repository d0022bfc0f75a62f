/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LedgerExtensionTest
{
    @Test
    void shouldFailATestThatLeavesMemoryBehind()
    {
        final MemoryLedger ledger = new MemoryLedger();
        final UnsafeBuffer buffer = ledger.allocate(MemoryTag.WATCHES, 64);
        assertEquals(0, buffer.getLong(0));
        assertEquals(64, ledger.bytes(MemoryTag.WATCHES));
        assertThrows(AssertionError.class, () -> LedgerExtension.assertZero(ledger));
        ledger.free(MemoryTag.WATCHES, buffer);
        LedgerExtension.assertZero(ledger);
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.getByte(0), "freed memory is out of bounds");
    }
}
