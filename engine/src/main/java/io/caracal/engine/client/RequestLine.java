/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.protocol.Xid;
import org.agrona.DirectBuffer;

/**
 * The lines of unanswered requests of all connections and the limits on them: who may put another one in, and what
 * becomes of
 * them when a connection goes.
 */
final class RequestLine implements AutoCloseable
{
    private final ClientLimits limits;
    private final InFlightPool pool;
    private final PendingWrites writes = new PendingWrites();
    private int outstanding;
    private long largeBytes;

    RequestLine(final ClientLimits limits, final MemoryLedger ledger)
    {
        this.limits = limits;
        pool = new InFlightPool(ledger);
    }

    /** Whether a connection may put in another request now; otherwise it waits until one of its own completes. */
    boolean hasRoom(final ClientConnection connection, final int xid)
    {
        if (!connection.hasRequests())
        {
            return true;
        }

        return connection.requestCount() < limits.connectionRequestsMax() && (xid <= 0 || outstanding < limits
            .outstandingMax());
    }

    /** Whether the guard against large requests lets this one in. */
    boolean isLargePermitted(final int frameLength)
    {
        return !limits.isLarge(frameLength) || largeBytes + frameLength <= limits.largeRequestMaxBytes();
    }

    long nextSequence()
    {
        return writes.nextSequence();
    }

    /** A write was proposed with {@link #nextSequence()}. */
    void addWrite(final ClientConnection connection, final InFlightHeader header, final int frameLength)
    {
        final InFlight request = add(connection, header, frameLength);
        writes.add(request);
    }

    /** A request has to wait behind a write of its own connection. */
    void addWaiting(final ClientConnection connection, final InFlightHeader header, final int frameLength,
        final DirectBuffer buffer, final int offset, final int length)
    {
        pool.copyFrame(add(connection, header, frameLength), buffer, offset, length);
    }

    private InFlight add(final ClientConnection connection, final InFlightHeader header, final int frameLength)
    {
        final InFlight request = pool.take(header, frameLength);
        connection.addRequest(request);
        outstanding += isCounted(request) ? 1 : 0;
        largeBytes += limits.isLarge(frameLength) ? frameLength : 0;

        return request;
    }

    /** The write that an applied transaction completes; to be given back with {@link #release}. */
    InFlight completed(final long sequence)
    {
        return writes.remove(sequence);
    }

    void release(final InFlight request)
    {
        outstanding -= isCounted(request) ? 1 : 0;
        largeBytes -= limits.isLarge(request.frameLength) ? request.frameLength : 0;
        pool.give(request);
    }

    private static boolean isCounted(final InFlight request)
    {
        return request.xid > 0 || request.xid == Xid.SET_WATCHES;
    }

    /** A connection is gone: its reads go, its writes complete without it. */
    void leave(final ClientConnection connection)
    {
        while (connection.hasRequests())
        {
            final InFlight request = connection.firstRequest();
            connection.removeFirstRequest();
            if (request.isWrite())
            {
                request.connection = null;
            }
            else
            {
                release(request);
            }
        }
    }

    int outstanding()
    {
        return outstanding;
    }

    @Override
    public void close()
    {
        pool.close();
    }
}
