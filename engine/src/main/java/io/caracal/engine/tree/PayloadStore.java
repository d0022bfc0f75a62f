/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.memory.SizeClasses;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Payloads, and names that are too long for the record. A null payload (length -1) and an empty one take no block. */
final class PayloadStore implements AutoCloseable
{
    static final int NULL_LENGTH = -1;

    private static final int NONE = 0;

    private final SizeClasses blocks;

    PayloadStore(final MemoryLedger ledger)
    {
        blocks = new SizeClasses(ledger, MemoryTag.PAYLOADS);
    }

    /** Copies bytes in and returns the slot of their block. */
    int store(final DirectBuffer source, final int offset, final int length)
    {
        if (length <= 0)
        {
            return NONE;
        }

        final int slot = blocks.allocate(length);
        put(slot, length, source, offset);

        return slot;
    }

    /**
     * Replaces earlier bytes by others, in the same block if it fits them as well. Returns the slot of their block.
     */
    int replace(final int slot, final int length, final DirectBuffer source, final int offset, final int newLength)
    {
        if (length > 0 && newLength > 0 && SizeClasses.blockLength(length) == SizeClasses.blockLength(newLength))
        {
            put(slot, newLength, source, offset);

            return slot;
        }

        // Store the new block first: the source may be the old one.
        final int newSlot = store(source, offset, newLength);
        release(slot, length);

        return newSlot;
    }

    private void put(final int slot, final int length, final DirectBuffer source, final int offset)
    {
        blocks.buffer(length, slot).putBytes(blocks.offset(length, slot), source, offset, length);
    }

    void release(final int slot, final int length)
    {
        if (length > 0)
        {
            blocks.free(length, slot);
        }
    }

    /** Copies a part of a block out. */
    void copy(final int slot, final int length, final int from, final MutableDirectBuffer target, final int index,
        final int count)
    {
        if (count > 0)
        {
            blocks.buffer(length, slot).getBytes(blocks.offset(length, slot) + from, target, index, count);
        }
    }

    UnsafeBuffer buffer(final int slot, final int length)
    {
        return blocks.buffer(length, slot);
    }

    int offset(final int slot, final int length)
    {
        return blocks.offset(length, slot);
    }

    void clear()
    {
        blocks.clear();
    }

    @Override
    public void close()
    {
        blocks.close();
    }
}
