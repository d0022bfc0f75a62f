/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.protocol.OpCode;
import org.agrona.DirectBuffer;

/**
 * The unanswered requests of all connections and the limits on them: whether a connection may put in another one, and
 * what becomes of its requests when it goes.
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

    /** Sets the limits from now on. Requests under way stay, even if they are more than permitted now. */
    void limits(final ClientLimits newLimits)
    {
        limits = newLimits;
        onEased();
    }

    /** A frame may be taken now that had to wait for a request under way. */
    void onEased()
    {
        hasEased = true;
    }

    /** Whether that is so since it was asked last: only if something left the line can a frame go where none could. */
    boolean takeEased()
    {
        final boolean result = hasEased;
        hasEased = false;

        return result;
    }

    /** Whether the role has taken anything since that was asked last. */
    boolean takeTaken()
    {
        final boolean result = hasTaken;
        hasTaken = false;

        return result;
    }

    /** Whether a connection may put in another request now; otherwise it waits until one of its own completes. */
    boolean hasRoom(final ClientConnection connection, final InFlightHeader header)
    {
        if (!connection.hasRequests())
        {
            return true;
        }

        return connection.requestCount() < limits.connectionRequestsMax() && (!isCounted(header) ||
            outstanding < limits.outstandingMax());
    }

    /** Whether the guard against large requests lets this one in. */
    boolean isLargePermitted(final int frameLength)
    {
        return !limits.isLarge(frameLength) || largeBytes + frameLength <= limits.largeRequestMaxBytes();
    }

    /**
     * Whether there is room to keep another request whole until it is answered. {@link #hasRoom} lets each connection
     * have one request even beyond the limit on all; this does not, since here it is memory that is limited.
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

    /** Writes on their way; their numbers are the sequences of this server. */
    PendingRequests writes()
    {
        return writes;
    }

    /** Syncs on their way, numbered apart from writes. */
    PendingRequests syncs()
    {
        return syncs;
    }

    long nextSequence()
    {
        return writes.nextNumber();
    }

    /** A write was proposed with {@link #nextSequence()}. */
    InFlight addWrite(final ClientConnection connection, final InFlightHeader header, final int frameLength)
    {
        final InFlight request = add(connection, header, frameLength);
        request.sequence = writes.nextNumber();
        writes.add(request);
        hasTaken = true;

        return request;
    }

    /** Keeps a write whole, because it may have to be sent again to another leader. */
    void keep(final InFlight write, final DirectBuffer buffer, final int offset, final int length)
    {
        pool.copyFrame(write, buffer, offset, length);
    }

    /** A sync was asked for, or a handshake needs one; it is settled when what the leader named is applied. */
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
     * A request has to wait behind one of its own connection that is on its way. What is not counted is answered
     * without a look at its body, and keeps none.
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
     * Whether a request takes up room: by what it is, and not by the number that its client gives it, or a client could
     * have any amount of memory for requests with negative ones.
     */
    private static boolean isCounted(final InFlightHeader request)
    {
        return request.opCode != OpCode.PING && request.opCode != OpCode.CREATE_SESSION;
    }

    /** A connection is gone: its reads go with it, while its writes and syncs complete without it. */
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

    /** Forgets everything that is on its way; the connections have left. */
    void abandon()
    {
        abandon(writes);
        abandon(syncs);
    }

    private void abandon(final PendingRequests pending)
    {
        while (pending.first() != null)
        {
            release(pending.remove(pending.firstNumber()));
        }
    }

    /** How many writes and syncs wait for the leader. */
    int onTheirWay()
    {
        return writes.span() + syncs.span();
    }

    int outstanding()
    {
        return outstanding;
    }

    @Override
    public void close()
    {
        abandon();
        pool.close();
    }
}
