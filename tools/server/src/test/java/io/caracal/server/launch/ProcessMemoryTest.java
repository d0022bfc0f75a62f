/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessMemoryTest
{
    private static final long MB = 1 << 20;

    @Test
    void shouldLeaveZnodesWhatTheHeapLeaves()
    {
        assertEquals((24_000 - 1_000 - 128) * MB, new ProcessMemory(24_000 * MB, 1_000 * MB).forZnodes());
    }

    @Test
    void shouldLeaveZnodesHalfWhereTheHeapMayTakeAll()
    {
        assertEquals(500 * MB, new ProcessMemory(1_000 * MB, 1_000 * MB).forZnodes());
    }

    @Test
    void shouldLimitNothingWhereTheMemoryIsNotKnown()
    {
        assertEquals(0, new ProcessMemory(0, 1_000 * MB).forZnodes());
    }

    @Test
    void shouldKnowThisProcess()
    {
        final ProcessMemory memory = ProcessMemory.ofThis();

        assertTrue(memory.total() > memory.heapMax() / 2 && memory.heapMax() > 0, memory::toString);
    }
}
