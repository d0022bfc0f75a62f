/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.BufferUtil;

/**
 * Accounts for the direct memory of a transport: how many bytes are held for which purpose, with a bound on their sum.
 * Parts of what the bound allows can be set aside for one user each; see {@link #share(long)}. Thread-safe. All figures
 * are zero again when the transport is closed.
 */
public final class DirectMemory
{
    private static final int PURPOSES = BufferPurpose.values().length;

    private final AtomicLongArray bytesByPurpose = new AtomicLongArray(PURPOSES);
    /** What counts against the bound: all that is set aside, and what is held beyond it. */
    private final AtomicLong countedBytes = new AtomicLong();
    private final long bytesMax;

    /**
     * Creates an empty account.
     *
     * @param bytesMax bound on the sum of all purposes, in bytes.
     */
    public DirectMemory(final long bytesMax)
    {
        this.bytesMax = bytesMax;
    }

    /**
     * Sets bytes aside for one user, for good: nobody else can use them up.
     *
     * @param ownBytes how many, zero or more.
     * @return the share of that user.
     */
    public MemoryShare share(final long ownBytes)
    {
        countedBytes.addAndGet(ownBytes);

        return new MemoryShare(this, ownBytes);
    }

    /**
     * Allocates direct memory.
     *
     * @param purpose what for.
     * @param length  bytes, greater than zero.
     * @return a buffer; null if the bound or the virtual machine's own limit would be exceeded.
     */
    public ByteBuffer tryAllocate(final BufferPurpose purpose, final int length)
    {
        return tryAllocate(purpose, length, length);
    }

    /** Allocates direct memory, of which only so many bytes count against the bound as are not set aside. */
    ByteBuffer tryAllocate(final BufferPurpose purpose, final int length, final long counted)
    {
        if (!tryCount(counted))
        {
            return null;
        }

        final ByteBuffer buffer = allocate(length);

        if (buffer == null)
        {
            countedBytes.addAndGet(-counted);
            return null;
        }

        bytesByPurpose.addAndGet(purpose.ordinal(), length);
        return buffer;
    }

    /** Allocates direct memory though the bound may be exceeded. */
    ByteBuffer allocateReserve(final BufferPurpose purpose, final int length, final long counted)
    {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        countedBytes.addAndGet(counted);
        bytesByPurpose.addAndGet(purpose.ordinal(), length);

        return buffer;
    }

    /**
     * Frees a buffer, which must not be used afterwards.
     *
     * @param purpose that it is booked under.
     * @param buffer  as returned by {@link #tryAllocate}.
     */
    public void free(final BufferPurpose purpose, final ByteBuffer buffer)
    {
        free(purpose, buffer, buffer.capacity());
    }

    /** Frees a buffer, of which only so many bytes counted against the bound. */
    void free(final BufferPurpose purpose, final ByteBuffer buffer, final long counted)
    {
        final int length = buffer.capacity();
        BufferUtil.free(buffer);
        bytesByPurpose.addAndGet(purpose.ordinal(), -length);
        countedBytes.addAndGet(-counted);
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
        bytesByPurpose.addAndGet(from.ordinal(), -bytes);
        bytesByPurpose.addAndGet(to.ordinal(), bytes);
    }

    /**
     * Bytes held for a purpose.
     *
     * @param purpose which.
     * @return bytes, zero or more.
     */
    public long bytes(final BufferPurpose purpose)
    {
        return bytesByPurpose.get(purpose.ordinal());
    }

    /**
     * Bytes held for all purposes.
     *
     * @return bytes, zero or more.
     */
    public long totalBytes()
    {
        long total = 0;

        for (int i = 0; i < PURPOSES; i++)
        {
            total += bytesByPurpose.get(i);
        }

        return total;
    }

    /** What is set aside can always be had, even if more than the bound is in use. */
    private boolean tryCount(final long bytes)
    {
        if (bytes > 0 && countedBytes.addAndGet(bytes) > bytesMax)
        {
            countedBytes.addAndGet(-bytes);
            return false;
        }

        return true;
    }

    private static ByteBuffer allocate(final int length)
    {
        try
        {
            return ByteBuffer.allocateDirect(length);
        }
        catch (final OutOfMemoryError exhausted)
        {
            // The limit of the virtual machine is below ours. To the caller both are the same refusal.
            return null;
        }
    }
}
