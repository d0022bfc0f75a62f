/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.protocol.OpCode;
import org.agrona.DirectBuffer;

/**
 * The unanswered requests of all connections, and the limits on them. Decides whether a connection may add another
 * request, and what becomes of its requests when it goes.
 */
final class RequestLine implements AutoCloseable
{
    private ClientLimits limits;
    private final InFlightPool pool;
    private final PendingRequests writes = new PendingRequests();
    private final PendingRequests syncs = new PendingRequests();
    private int outstanding;
    private long largeBytes;
    private boolean hasEased;
    private boolean hasTaken;

    RequestLine(final ClientLimits limits, final MemoryLedger ledger)
    {
        this.limits = limits;
        pool = new InFlightPool(ledger);
    }

    /** Sets the limits from now on. Requests under way stay, even if they exceed the new limits. */
    void limits(final ClientLimits newLimits)
    {
        limits = newLimits;
        onEased();
    }

    /** A frame that had to wait for a request under way may be taken now. */
    void onEased()
    {
        hasEased = true;
    }

    /**
     * Whether {@link #onEased} was called since the last call. Only then can a frame be taken that could not be before.
     */
    boolean takeEased()
    {
        final boolean result = hasEased;
        hasEased = false;

        return result;
    }

    /** Whether the role has taken anything since the last call. */
    boolean takeTaken()
    {
        final boolean result = hasTaken;
        hasTaken = false;

        return result;
    }

    /** Whether a connection may add another request now. If not, it waits until one of its own completes. */
    boolean hasRoom(final ClientConnection connection, final InFlightHeader header)
    {
        if (!connection.hasRequests())
        {
            return true;
        }

        return connection.requestCount() < limits.connectionRequestsMax() && (!isCounted(header) ||
            outstanding < limits.outstandingMax());
    }

    /** Whether the guard against large requests permits this one. */
    boolean isLargePermitted(final int frameLength)
    {
        return !limits.isLarge(frameLength) || largeBytes + frameLength <= limits.largeRequestMaxBytes();
    }

    /**
     * Whether there is room to keep another request whole until it is answered. Unlike {@link #hasRoom}, this does not
     * let each connection have one request beyond the common limit, because here the limit is on memory.
     */
    boolean hasRoomToKeep()
    {
        return roomToKeep() > 0;
    }

    /** How many more requests can be kept; 0 or less when there is no room. */
    int roomToKeep()
    {
        return limits.outstandingMax() - onTheirWay();
    }

    /** Writes under way; their numbers are the sequences of this server. */
    PendingRequests writes()
    {
        return writes;
    }

    /** Syncs under way, numbered separately from writes. */
    PendingRequests syncs()
    {
        return syncs;
    }

    long nextSequence()
    {
        return writes.nextNumber();
    }

    /** Adds a write that was proposed with {@link #nextSequence()}. */
    InFlight addWrite(final ClientConnection connection, final InFlightHeader header, final int frameLength)
    {
        final InFlight request = add(connection, header, frameLength);
        request.sequence = writes.nextNumber();
        writes.add(request);
        hasTaken = true;

        return request;
    }

    /** Keeps a copy of a write's body, because it may have to be sent again to another leader or be recorded. */
    void keep(final InFlight write, final DirectBuffer buffer, final int offset, final int length)
    {
        pool.copyFrame(write, buffer, offset, length);
    }

    /**
     * Adds a sync that a client asked for or a handshake needs. It is settled when this server has applied everything
     * up to the zxid that the leader names.
     */
    void addSync(final ClientConnection connection, final InFlightHeader header, final int frameLength,
        final DirectBuffer buffer, final int offset, final int length, final long zxid)
    {
        final InFlight request = add(connection, header, frameLength);
        pool.copyFrame(request, buffer, offset, length);
        request.syncId = syncs.nextNumber();
        request.syncZxid = zxid;
        connection.syncsOnTheirWay++;
        syncs.add(request);
        hasTaken = true;
    }

    /**
     * Adds a request that has to wait behind an earlier one of its connection. A request that is not counted is
     * answered without its body, so none is kept.
     */
    void addWaiting(final ClientConnection connection, final InFlightHeader header, final int frameLength,
        final DirectBuffer buffer, final int offset, final int length)
    {
        pool.copyFrame(add(connection, header, frameLength), buffer, offset, isCounted(header) ? length : 0);
    }

    private InFlight add(final ClientConnection connection, final InFlightHeader header, final int frameLength)
    {
        final InFlight request = pool.take(header, frameLength);
        connection.addRequest(request);
        request.client = connection;
        outstanding += isCounted(request) ? 1 : 0;
        request.isLarge = limits.isLarge(frameLength);
        largeBytes += request.isLarge ? frameLength : 0;

        return request;
    }

    void release(final InFlight request)
    {
        outstanding -= isCounted(request) ? 1 : 0;
        largeBytes -= request.isLarge ? request.frameLength : 0;
        pool.give(request);
        onEased();
    }

    /**
     * Whether a request counts towards the limits. Its kind decides this, and not the xid that its client gives it:
     * otherwise a client could use any amount of memory with negative xids.
     */
    private static boolean isCounted(final InFlightHeader request)
    {
        return request.opCode != OpCode.PING && request.opCode != OpCode.CREATE_SESSION;
    }

    /** A connection is gone. Its reads are released; its writes and syncs complete without it. */
    void leave(final ClientConnection connection)
    {
        while (connection.hasRequests())
        {
            final InFlight request = connection.firstRequest();
            connection.removeFirstRequest();
            if (request.isOnItsWay())
            {
                request.connection = null;
            }
            else
            {
                release(request);
            }
        }
    }

    /** How many writes and syncs are under way, gaps in their numbers included. */
    int onTheirWay()
    {
        return writes.span() + syncs.span();
    }

    int outstanding()
    {
        return outstanding;
    }

    /** Releases everything. All connections have left before. */
    @Override
    public void close()
    {
        releaseAll(writes);
        releaseAll(syncs);
        pool.close();
    }

    private void releaseAll(final PendingRequests pending)
    {
        while (pending.first() != null)
        {
            release(pending.remove(pending.firstNumber()));
        }
    }
}
