/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Tests what several users of the same memory leave to each other. */
class MemoryShareTest
{
    private static final int OWN_BYTES = 1000;
    private static final int COMMON_BYTES = 500;

    private final DirectMemory memory = new DirectMemory(2 * OWN_BYTES + COMMON_BYTES);
    private final MemoryShare greedy = memory.share(OWN_BYTES);
    private final MemoryShare modest = memory.share(OWN_BYTES);

    @Test
    void shouldLeaveToOthersWhatIsTheirs()
    {
        final ByteBuffer most = take(greedy, OWN_BYTES + COMMON_BYTES);
        assertNotNull(most);
        assertNull(take(greedy, 1));

        final ByteBuffer own = take(modest, OWN_BYTES);
        assertNotNull(own);
        assertNull(take(modest, 1));
        assertEquals(2 * OWN_BYTES + COMMON_BYTES, memory.totalBytes());

        give(greedy, most);
        give(modest, own);
        assertEquals(0, memory.totalBytes());
    }

    @Test
    void shouldHaveInCommonWhatOneGivesBack()
    {
        final ByteBuffer own = take(greedy, OWN_BYTES);
        final ByteBuffer common = take(greedy, COMMON_BYTES);
        // What is given back first is what was beyond the own bytes, whichever buffer it is.
        give(greedy, own);
        final ByteBuffer others = take(modest, OWN_BYTES + COMMON_BYTES);
        assertNotNull(others);
        assertNull(take(greedy, OWN_BYTES - COMMON_BYTES + 1));
        final ByteBuffer again = take(greedy, OWN_BYTES - COMMON_BYTES);
        assertNotNull(again);

        give(greedy, common);
        give(greedy, again);
        give(modest, others);
        assertEquals(0, memory.totalBytes());
    }

    /** Something that must not be refused may exceed the bound, at the cost of what is common only. */
    @Test
    void shouldGiveWhatIsSetAsideEvenIfMoreThanTheBoundIsInUse()
    {
        final ByteBuffer most = take(greedy, OWN_BYTES + COMMON_BYTES);
        final ByteBuffer beyond = greedy.allocateReserve(BufferPurpose.OVERFLOW, 100);
        final ByteBuffer own = take(modest, OWN_BYTES);
        assertNotNull(own);
        assertNull(take(modest, 1));

        greedy.free(BufferPurpose.OVERFLOW, beyond);
        give(greedy, most);
        final ByteBuffer rest = take(modest, COMMON_BYTES);
        assertNotNull(rest);
        give(modest, own);
        give(modest, rest);
        assertEquals(0, memory.totalBytes());
    }

    private static ByteBuffer take(final MemoryShare share, final int length)
    {
        return share.tryAllocate(BufferPurpose.OUTBOUND, length);
    }

    private static void give(final MemoryShare share, final ByteBuffer buffer)
    {
        share.free(BufferPurpose.OUTBOUND, buffer);
    }
}
