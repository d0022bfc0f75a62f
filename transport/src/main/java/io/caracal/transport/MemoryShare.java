/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.nio.ByteBuffer;

/**
 * The way of one user to direct memory that several users share. Some bytes are set aside for this user. What it holds
 * beyond them comes out of what is common, as far as others have left any. Belongs to one thread.
 */
public final class MemoryShare
{
    private final DirectMemory memory;
    private final long ownBytes;
    private long heldBytes;

    MemoryShare(final DirectMemory memory, final long ownBytes)
    {
        this.memory = memory;
        this.ownBytes = ownBytes;
    }

    /**
     * Allocates direct memory.
     *
     * @param purpose what for.
     * @param length  bytes, greater than zero.
     * @return a buffer; null if it exceeds what is set aside and what is left in common, or the virtual machine's own
     * limit.
     */
    public ByteBuffer tryAllocate(final BufferPurpose purpose, final int length)
    {
        final ByteBuffer buffer = memory.tryAllocate(purpose, length, commonOf(heldBytes + length) - commonOf(
            heldBytes));

        if (buffer != null)
        {
            heldBytes += length;
        }

        return buffer;
    }

    /**
     * Allocates direct memory for something small that must not be refused. The bound may be exceeded.
     *
     * @param purpose what for.
     * @param length  bytes, greater than zero.
     * @return a buffer.
     */
    public ByteBuffer allocateReserve(final BufferPurpose purpose, final int length)
    {
        final ByteBuffer buffer = memory.allocateReserve(purpose, length, commonOf(heldBytes + length) - commonOf(
            heldBytes));
        heldBytes += length;

        return buffer;
    }

    /**
     * Frees a buffer, which must not be used afterwards.
     *
     * @param purpose that it is booked under.
     * @param buffer  as returned by {@link #tryAllocate} or {@link #allocateReserve} of this share.
     */
    public void free(final BufferPurpose purpose, final ByteBuffer buffer)
    {
        final int length = buffer.capacity();
        heldBytes -= length;
        memory.free(purpose, buffer, commonOf(heldBytes + length) - commonOf(heldBytes));
    }

    /**
     * Books bytes under another purpose.
     *
     * @param from  the old one.
     * @param to    the new one.
     * @param bytes how many.
     */
    public void move(final BufferPurpose from, final BufferPurpose to, final int bytes)
    {
        memory.move(from, to, bytes);
    }

    /**
     * The account of all users together.
     *
     * @return the memory that this is a share of.
     */
    public DirectMemory memory()
    {
        return memory;
    }

    /** How many bytes come out of what is common when so many are held. */
    private long commonOf(final long held)
    {
        return Math.max(0, held - ownBytes);
    }
}
