/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.BufferUtil;

/**
 * Accounts for the direct memory of a transport: how many bytes are held for which purpose, with a bound on their sum.
 * Thread-safe. All figures are zero again when the transport is closed.
 */
public final class DirectMemory
{
    private static final int PURPOSES = BufferPurpose.values().length;

    private final AtomicLongArray bytesByPurpose = new AtomicLongArray(PURPOSES);
    private final AtomicLong totalBytes = new AtomicLong();
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
     * Allocates direct memory.
     *
     * @param purpose what for.
     * @param length  bytes, greater than zero.
     * @return a buffer; null if the bound or the virtual machine's own limit would be exceeded.
     */
    public ByteBuffer tryAllocate(final BufferPurpose purpose, final int length)
    {
        if (totalBytes.addAndGet(length) > bytesMax)
        {
            totalBytes.addAndGet(-length);
            return null;
        }

        final ByteBuffer buffer = allocate(length);

        if (buffer == null)
        {
            totalBytes.addAndGet(-length);
            return null;
        }

        bytesByPurpose.addAndGet(purpose.ordinal(), length);
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
        final ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        totalBytes.addAndGet(length);
        bytesByPurpose.addAndGet(purpose.ordinal(), length);

        return buffer;
    }

    /**
     * Frees a buffer, which must not be used afterwards.
     *
     * @param purpose that it is booked under.
     * @param buffer  as returned by {@link #tryAllocate} or {@link #allocateReserve}.
     */
    public void free(final BufferPurpose purpose, final ByteBuffer buffer)
    {
        final int length = buffer.capacity();
        BufferUtil.free(buffer);
        bytesByPurpose.addAndGet(purpose.ordinal(), -length);
        totalBytes.addAndGet(-length);
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
        return totalBytes.get();
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
