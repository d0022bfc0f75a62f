/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.BufferPurpose;
import io.caracal.transport.DirectMemory;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * All that the engine's thread and one gateway's thread share: a ring in each direction, and flags that say who waits
 * for room in which ring.
 */
final class GatewayLink implements AutoCloseable
{
    final OneToOneRingBuffer toEngine;
    final OneToOneRingBuffer toGateway;

    /**
     * Set by the gateway when its ring to the engine was full; cleared by the engine after it has read from that ring.
     */
    final AtomicBoolean isGatewayStarved = new AtomicBoolean();

    /**
     * Set by the engine when its ring to the gateway was full; cleared by the gateway after it has read from that ring.
     */
    final AtomicBoolean isEngineStarved = new AtomicBoolean();

    private final DirectMemory memory;
    private final ByteBuffer toEngineBytes;
    private final ByteBuffer toGatewayBytes;

    GatewayLink(final DirectMemory memory, final int ringLength)
    {
        this.memory = memory;
        final int length = bytesOf(ringLength);
        toEngineBytes = memory.tryAllocate(BufferPurpose.RING, length);
        toGatewayBytes = toEngineBytes == null ? null : memory.tryAllocate(BufferPurpose.RING, length);

        if (toGatewayBytes == null)
        {
            close();
            throw new IllegalStateException("no memory for the rings: raise bufferBytesMax or lower ringLength");
        }

        toEngine = new OneToOneRingBuffer(new UnsafeBuffer(toEngineBytes));
        toGateway = new OneToOneRingBuffer(new UnsafeBuffer(toGatewayBytes));
    }

    /** Bytes that each of the two rings takes. */
    static int bytesOf(final int ringLength)
    {
        return ringLength + RingBufferDescriptor.TRAILER_LENGTH;
    }

    @Override
    public void close()
    {
        free(toEngineBytes);
        free(toGatewayBytes);
    }

    private void free(final ByteBuffer bytes)
    {
        if (bytes != null)
        {
            memory.free(BufferPurpose.RING, bytes);
        }
    }
}
