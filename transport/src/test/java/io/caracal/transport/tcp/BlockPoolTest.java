/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.caracal.transport.BufferPurpose;
import io.caracal.transport.DirectMemory;
import org.junit.jupiter.api.Test;

class BlockPoolTest
{
    private static final int BYTES_MAX = 1 << 20;

    private final DirectMemory memory = new DirectMemory(BYTES_MAX);

    /** A block that is kept for reuse is no reason to refuse a block of another length. */
    @Test
    void shouldGiveUpWhatItKeepsWhereMemoryIsUsedUp()
    {
        try (BlockPool pool = new BlockPool(memory.share(0)))
        {
            pool.give(pool.tryTake(BufferPurpose.OUTBOUND, BYTES_MAX));
            assertEquals(BYTES_MAX, memory.bytes(BufferPurpose.POOLED));

            final Block small = pool.tryTake(BufferPurpose.INBOUND, BlockPool.BLOCK_LENGTH_LEAST);
            assertNotNull(small);
            assertEquals(0, memory.bytes(BufferPurpose.POOLED));
            assertNull(pool.tryTake(BufferPurpose.OUTBOUND, BYTES_MAX));

            pool.give(small);
            assertEquals(small.capacity, memory.bytes(BufferPurpose.POOLED));
        }
        assertEquals(0, memory.totalBytes());
    }
}
