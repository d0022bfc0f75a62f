/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.memory;

import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Allocates and frees the native memory of one server, and counts it by tag. It is the only place where the engine does
 * so. Not thread-safe; owned by the engine's thread.
 */
public final class MemoryLedger
{
    private static final MemoryTag[] TAGS = MemoryTag.values();

    private final long[] bytesByTag = new long[TAGS.length];
    private final long[] roomByTag = new long[TAGS.length];
    private long totalBytes;
    private long changes;

    /**
     * Allocates zeroed native memory.
     *
     * @param tag    who owns it.
     * @param length in bytes, greater than zero.
     * @return a buffer over it with bounds checks; give it back with {@link #free}.
     */
    public UnsafeBuffer allocate(final MemoryTag tag, final int length)
    {
        final UnsafeBuffer buffer = allocateUninitialized(tag, length);
        UnsafeApi.setMemory(buffer.addressOffset(), length, (byte)0);

        return buffer;
    }

    /**
     * Allocates native memory with undefined content. For large blocks that are written whole at once, where zeroing
     * would double the cost.
     *
     * @param tag    who owns it.
     * @param length in bytes, greater than zero.
     * @return a buffer over it with bounds checks; give it back with {@link #free}.
     */
    public UnsafeBuffer allocateUninitialized(final MemoryTag tag, final int length)
    {
        final long address = UnsafeApi.allocateMemory(length);
        bytesByTag[tag.ordinal()] += length;
        totalBytes += length;
        changes++;

        return new UnsafeBuffer(address, length);
    }

    /**
     * Gives memory back. The buffer must not be used afterwards.
     *
     * @param tag    as at allocation.
     * @param buffer as returned by {@link #allocate}.
     */
    public void free(final MemoryTag tag, final UnsafeBuffer buffer)
    {
        final int length = buffer.capacity();
        final long address = buffer.addressOffset();
        buffer.wrap(0, 0);
        UnsafeApi.freeMemory(address);
        bytesByTag[tag.ordinal()] -= length;
        totalBytes -= length;
        changes++;
    }

    /**
     * Notes that room within held memory became free or was taken. Memory is held in pieces, so what was freed is often
     * not given back, but is there for the next owner.
     *
     * @param tag   who owns the memory.
     * @param bytes that became free; negative for bytes that were taken.
     */
    void room(final MemoryTag tag, final int bytes)
    {
        roomByTag[tag.ordinal()] += bytes;
    }

    /**
     * Bytes held under a tag and in use: without what is free for the next owner.
     *
     * @param tag whose.
     * @return bytes, zero to {@link #bytes}.
     */
    public long usedBytes(final MemoryTag tag)
    {
        return bytesByTag[tag.ordinal()] - roomByTag[tag.ordinal()];
    }

    /**
     * Bytes held under a tag.
     *
     * @param tag whose.
     * @return bytes, zero or more.
     */
    public long bytes(final MemoryTag tag)
    {
        return bytesByTag[tag.ordinal()];
    }

    /**
     * The number of allocations and frees, for callers that read the figures only when something has changed.
     *
     * @return zero or more.
     */
    public long changes()
    {
        return changes;
    }

    /**
     * Bytes held under all tags.
     *
     * @return bytes, zero or more.
     */
    public long totalBytes()
    {
        return totalBytes;
    }
}
