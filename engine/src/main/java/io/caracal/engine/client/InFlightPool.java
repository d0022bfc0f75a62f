/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.memory.BufferPool;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;

/**
 * Makes {@link InFlight}s and takes them back. The limit on outstanding requests bounds how many can be in use.
 */
final class InFlightPool implements AutoCloseable
{
    private final ArrayDeque<InFlight> idle = new ArrayDeque<>();
    private final BufferPool frames;

    InFlightPool(final MemoryLedger ledger)
    {
        frames = new BufferPool(ledger, MemoryTag.IN_FLIGHT);
    }

    InFlight take(final InFlightHeader header, final int frameLength)
    {
        final InFlight pooled = idle.pollLast();
        final InFlight request = pooled != null ? pooled : new InFlight();
        request.copyFrom(header);
        request.frameLength = frameLength;
        request.sequence = 0;
        request.syncId = 0;
        request.sessionId = 0;

        return request;
    }

    /** Keeps a copy of the request's body, because the request has to wait or may have to be sent again. */
    void copyFrame(final InFlight request, final DirectBuffer buffer, final int offset, final int length)
    {
        request.frame = frames.take(Math.max(1, length));
        request.frame.putBytes(0, buffer, offset, length);
        request.bodyLength = length;
    }

    void give(final InFlight request)
    {
        if (request.frame != null)
        {
            frames.give(request.frame);
            request.frame = null;
        }
        request.connection = null;
        request.client = null;
        request.next = null;
        idle.addLast(request);
    }

    @Override
    public void close()
    {
        frames.close();
    }
}
