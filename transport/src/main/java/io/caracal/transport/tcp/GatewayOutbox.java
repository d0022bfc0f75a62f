/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.MemoryShare;
import io.caracal.transport.TransportContext;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * Sends frames and commands from the engine to one gateway. They go into the ring at once, or wait in order until the
 * ring has room. Belongs to the engine's thread.
 */
final class GatewayOutbox
{
    /** Result of {@link #claim} when no more may wait. */
    static final int NO_ROOM = -1;

    private final GatewayLink link;
    private final SelectIdle gatewayIdle;
    private final OneToOneRingBuffer ring;
    private final Overflow overflow;
    private final NanoClock clock;
    private final int highWater;
    private boolean hasWritten;
    /**
     * When the first frame since the last flush was handed over. This time stands for all frames until the next flush.
     */
    private long handedOverNs;
    private boolean isStamped;
    private MutableDirectBuffer claimed;
    private int claimedAt;
    private int claimedLength;
    private boolean isClaimInRing;

    GatewayOutbox(final TransportContext context, final GatewayLink link, final BlockPool pool,
        final MemoryShare memory, final SelectIdle gatewayIdle)
    {
        this.link = link;
        this.gatewayIdle = gatewayIdle;
        ring = link.toGateway;
        clock = context.nanoClock();
        highWater = context.outboundHighWater();
        overflow = new Overflow(pool, memory, ring, context.overflowMax());
    }

    /**
     * Claims room for a frame in {@link #claimed}, until {@link #commit}. Returns the offset of the frame, or {@link
     * #NO_ROOM}.
     */
    int claim(final long connectionId, final int length)
    {
        claimedLength = length;

        if (overflow.isEmpty() && RingMessage.PAYLOAD_OFFSET + length <= ring.maxMsgLength())
        {
            claimedAt = ring.tryClaim(RingMessage.FRAME, RingMessage.PAYLOAD_OFFSET + length);

            if (claimedAt >= 0)
            {
                isClaimInRing = true;
                claimed = ring.buffer();
                claimed.putLong(claimedAt + RingMessage.ID_OFFSET, connectionId);

                return claimedAt + RingMessage.PAYLOAD_OFFSET;
            }
        }

        return claimOverflow(connectionId, length);
    }

    private int claimOverflow(final long connectionId, final int length)
    {
        final Block block = overflow.tryClaim(connectionId, length);

        if (block == null)
        {
            return NO_ROOM;
        }

        isClaimInRing = false;
        claimed = block.buffer;

        return Overflow.frameOffset(block);
    }

    MutableDirectBuffer claimed()
    {
        return claimed;
    }

    void commit()
    {
        if (!isStamped)
        {
            isStamped = true;
            handedOverNs = clock.nanoTime();
        }

        if (isClaimInRing)
        {
            ring.buffer().putLong(claimedAt + RingMessage.HANDED_OVER_OFFSET, handedOverNs);
            ring.commit(claimedAt);
        }
        else
        {
            overflow.commit(claimedLength, handedOverNs);
        }

        claimed = null;
        hasWritten = true;
    }

    void command(final long connectionId, final int type)
    {
        final int at = overflow.isEmpty() ? ring.tryClaim(type, RingMessage.PAYLOAD_OFFSET) : -1;

        if (at < 0)
        {
            overflow.command(connectionId, type);
        }
        else
        {
            ring.buffer().putLong(at + RingMessage.ID_OFFSET, connectionId);
            ring.commit(at);
        }

        hasWritten = true;
    }

    /** Ends a cycle: moves what waits into the ring, and wakes the gateway once for all that was written. */
    void flush()
    {
        isStamped = false;

        if (!overflow.isEmpty() && overflow.drain() > 0)
        {
            hasWritten = true;
        }

        if (!overflow.isEmpty())
        {
            link.isEngineStarved.set(true);
            // The gateway may have made room before it could see the flag. It must also be woken.
            overflow.drain();
            hasWritten = true;
        }

        if (hasWritten)
        {
            hasWritten = false;
            gatewayIdle.wakeup();
        }
    }

    /** Whether so much waits for room in the ring that no further requests of this gateway are to be taken. */
    boolean isBehind()
    {
        return overflow.bytes() > highWater;
    }

    /** Whether something was written since the last {@link #flush}. */
    boolean hasWritten()
    {
        return hasWritten;
    }

    void close()
    {
        overflow.close();
    }
}
