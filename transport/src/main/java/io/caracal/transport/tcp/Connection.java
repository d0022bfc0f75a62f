/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.CloseReason;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One connection of a client: its socket, state and buffers. Owned by its gateway and touched by no other thread. */
final class Connection implements ReadyHandler
{
    final SocketChannel channel;
    final InetSocketAddress remote;
    final WriteQueue unsent;
    private final BlockPool pool;
    private final ReadyQueue ready;
    private final Outbox outbox;
    private final Interests interests;
    ConnectionState state = ConnectionState.FRESH;
    long id;
    SelectionKey key;

    /** What arrived and could not be handed over; null when nothing is left over. */
    Block inbound;

    /** When the bytes in hand were read. */
    long arrivalNs;

    /** The engine refused a frame and did not say resume yet. */
    boolean isRefused;

    /** The engine's side of a ring asked for a pause. */
    boolean isHeld;

    /** Too many unsent bytes: nothing is read until they are fewer. */
    boolean isAboveHighWater;

    /** The socket took less than was offered; the selector tells when it takes more. */
    boolean isWriteBlocked;

    /** Its bytes are being read and handed over at this moment. */
    boolean isVisited;

    /** In the queue of connections to be visited. */
    boolean isQueued;

    /** Replies and events that the socket has not taken whole, and when the first of them was handed over. */
    int unsentFrames;
    long unsentSinceNs;

    /** In the queue of connections with something to send. */
    boolean isDirty;

    /** Known to the engine, which is therefore told of its end. */
    boolean isAnnounced;

    /** The exchange of a four-letter word; null for clients. */
    WordExchange exchange;

    /** Why it is being closed; meaningful from {@link ConnectionState#FLUSHING} on. */
    CloseReason closeReason;

    DeadlineList deadlines;
    Connection earlier;
    Connection later;
    long deadlineNs;

    /**
     * What all connections of a gateway use together.
     *
     * @param pool      of their buffers.
     * @param ready     connections that are to be visited.
     * @param outbox    sends what they have to send.
     * @param interests of the selector in their sockets.
     */
    record Shared(BlockPool pool, ReadyQueue ready, Outbox outbox, Interests interests)
    {
    }

    Connection(final SocketChannel channel, final InetSocketAddress remote, final Shared shared)
    {
        this.channel = channel;
        this.remote = remote;
        pool = shared.pool();
        ready = shared.ready();
        outbox = shared.outbox();
        interests = shared.interests();
        unsent = new WriteQueue(pool);
    }

    @Override
    public void onReady(final int readyOps)
    {
        if ((readyOps & SelectionKey.OP_WRITE) != 0)
        {
            isWriteBlocked = false;
            outbox.add(this);
        }

        if ((readyOps & SelectionKey.OP_READ) != 0)
        {
            ready.add(this);
        }
    }

    /** Whether frames may be handed over. */
    boolean isReceiving()
    {
        return (state == ConnectionState.FRESH || state == ConnectionState.OPEN) && !isRefused && !isHeld &&
            !isAboveHighWater;
    }

    /** Tells the selector what this connection waits for, if that has changed. */
    void updateInterest()
    {
        if (key.isValid())
        {
            final boolean reads = isReceiving() || state == ConnectionState.DRAINING;
            final int ops = (reads ? SelectionKey.OP_READ : 0) | (isWriteBlocked ? SelectionKey.OP_WRITE : 0);

            if (ops != key.interestOps())
            {
                key.interestOps(ops);
                interests.set(id, ops);
            }
        }
    }

    /** Bytes that are not sent yet, and of the block with what could not be handed over. */
    long heldBytes()
    {
        return unsent.bytes() + (inbound == null ? 0 : inbound.capacity);
    }

    void leaveDeadlines()
    {
        if (deadlines != null)
        {
            deadlines.remove(this);
        }
    }

    /** Nothing more is handed over; during a visit whoever visits still needs the bytes, and drops them then. */
    void endInbound()
    {
        if (!isVisited)
        {
            dropInbound();
        }
    }

    void replaceInbound(final Block block)
    {
        pool.give(inbound);
        inbound = block;
    }

    void dropInbound()
    {
        if (inbound != null)
        {
            pool.give(inbound);
            inbound = null;
        }
    }
}
