/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.CloseReason;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One client connection: its socket, state and buffers. Owned by its gateway; no other thread touches it. */
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

    /** Bytes that arrived and could not be handed over yet; null if there are none. */
    Block inbound;

    /** When the bytes at hand were read. */
    long arrivalNs;

    /** The engine refused a frame and has not called resume yet. */
    boolean isRefused;

    /** The engine's side of the ring asked for a pause. */
    boolean isHeld;

    /** Too many bytes are unsent. Nothing is read until there are fewer. */
    boolean isAboveHighWater;

    /** The socket took less than was offered. The selector tells when it takes more. */
    boolean isWriteBlocked;

    /** The connection is being read, and its frames handed over, at this moment. */
    boolean isVisited;

    /** The connection is in the queue of connections to be visited. */
    boolean isQueued;

    /**
     * Number of replies and events that the socket has not taken whole. The next field says when the first of them was
     * handed over.
     */
    int unsentFrames;
    long unsentSinceNs;

    /** The connection is in the queue of connections that have something to send. */
    boolean isDirty;

    /** The engine knows the connection and must therefore be told of its end. */
    boolean isAnnounced;

    /** The exchange of a four-letter word; null for clients. */
    WordExchange exchange;

    /** Why the connection is being closed. Meaningful from {@link ConnectionState#FLUSHING} on. */
    CloseReason closeReason;

    DeadlineList deadlines;
    Connection earlier;
    Connection later;
    long deadlineNs;

    /**
     * What all connections of a gateway share.
     *
     * @param pool      of their buffers.
     * @param ready     connections to be visited.
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

    /** Tells the selector which operations this connection waits for, if they have changed. */
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

    /**
     * Bytes that this connection holds: those not sent yet, and the capacity of the block with what could not be handed
     * over.
     */
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

    /**
     * Drops the received bytes, so that nothing more is handed over. During a visit the visitor still needs the bytes,
     * and drops them itself afterwards.
     */
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
