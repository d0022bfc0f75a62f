/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.memory;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** One piece of a {@link Slab}: its memory, its free slots, and its place in the list of chunks that have room. */
final class SlabChunk
{
    static final int ALIGNMENT = BitUtil.CACHE_LINE_LENGTH;

    final int index;
    final UnsafeBuffer view;
    private final UnsafeBuffer memory;

    /** Head of the list of freed slots, threaded through the first four bytes of their records. */
    int freeHead;

    /** Slots from this one on, counted within the chunk, have never been handed out. */
    int fresh;

    /** Number of slots handed out. */
    int used;

    /** One bit for each slot of this chunk that is taken while the slab is filled by slot numbers; null otherwise. */
    long[] placed;

    SlabChunk previous;
    SlabChunk next;

    SlabChunk(final MemoryLedger ledger, final MemoryTag tag, final int index, final int length)
    {
        this.index = index;
        memory = ledger.allocate(tag, length + ALIGNMENT);
        final long address = memory.addressOffset();
        view = new UnsafeBuffer(memory, (int)(BitUtil.align(address, ALIGNMENT) - address), length);
    }

    /** Slot 0 of chunk 0 means none and is never handed out. */
    int firstSlot()
    {
        return index == 0 ? 1 : 0;
    }

    void forgetSlots()
    {
        freeHead = Slab.NONE;
        fresh = firstSlot();
        used = 0;
    }

    void free(final MemoryLedger ledger, final MemoryTag tag)
    {
        view.wrap(0, 0);
        ledger.free(tag, memory);
    }
}
