/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.CloseReason;
import io.caracal.transport.TransportContext;
import io.caracal.transport.TransportEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.agrona.concurrent.NanoClock;

/**
 * Sends what connections have to send, and enforces the limits on it. A connection with more unsent bytes than the high
 * water is no longer read; one that would exceed the bound is ended.
 */
final class Outbox
{
    /**
     * Number of connections that may wait for the end of the cycle. When it is reached, all of them are written to at
     * once.
     */
    static final int DIRTY_MAX = 1024;

    private final ArrayDeque<Connection> dirty = new ArrayDeque<>();
    private final ByteBuffer[] gather = new ByteBuffer[WriteQueue.GATHER_MAX];
    private final Endings endings;
    private final ReadyQueue ready;
    private final Deadlines deadlines;
    private final TransportEvents events;
    private final NanoClock clock;
    private final int unsentMax;
    private final int highWater;

    Outbox(final TransportContext context, final Endings endings, final ReadyQueue ready, final Deadlines deadlines)
    {
        this.endings = endings;
        this.ready = ready;
        this.deadlines = deadlines;
        events = context.events();
        clock = context.nanoClock();
        unsentMax = context.outboundMax();
        highWater = context.outboundHighWater();
    }

    /** Maximum of bytes that may be unsent on a connection, and so of the length of a frame. */
    int unsentMax()
    {
        return unsentMax;
    }

    /** Notes a frame that the engine handed over. The clock is read once for all frames that are sent together. */
    void onFrame(final Connection connection)
    {
        onFrame(connection, connection.unsentFrames == 0 ? clock.nanoTime() : connection.unsentSinceNs);
    }

    /** Notes a frame that the engine handed over at a known moment. */
    void onFrame(final Connection connection, final long handedOverNs)
    {
        if (connection.unsentFrames++ == 0)
        {
            connection.unsentSinceNs = handedOverNs;
        }

        onAdded(connection);
    }

    /** Notes that a connection has more to send. */
    void onAdded(final Connection connection)
    {
        add(connection);

        if (dirty.size() >= DIRTY_MAX)
        {
            flush();
        }
    }

    /** Queues the connection to be written to before the cycle ends, unless its socket takes nothing. */
    void add(final Connection connection)
    {
        if (!connection.isDirty && !connection.isWriteBlocked)
        {
            connection.isDirty = true;
            dirty.addLast(connection);
        }
    }

    boolean isEmpty()
    {
        return dirty.isEmpty();
    }

    /** Writes to every queued connection. */
    void flush()
    {
        Connection connection;

        while ((connection = dirty.pollFirst()) != null)
        {
            flush(connection);
        }
    }

    /** Writes what a connection has to send. If the connection is also in the queue, it is skipped there. */
    void flush(final Connection connection)
    {
        if (connection.isDirty)
        {
            connection.isDirty = false;

            if (connection.state != ConnectionState.CLOSED && connection.state != ConnectionState.DRAINING)
            {
                write(connection);
            }
        }
    }

    /** Whether this many more bytes stay within the bound. If not, the connection is ended. */
    boolean hasRoom(final Connection connection, final int length)
    {
        if (connection.unsent.bytes() + length <= unsentMax)
        {
            return true;
        }

        if (!connection.isWriteBlocked && length <= unsentMax)
        {
            write(connection);
        }

        if (connection.state == ConnectionState.OPEN && connection.unsent.bytes() + length > unsentMax)
        {
            endings.end(connection, CloseReason.SLOW_READER);
        }

        return connection.state == ConnectionState.OPEN;
    }

    /**
     * Stops taking requests from a connection with too many unsent bytes, at least for this turn. Even if its socket
     * takes all of them at once, other connections are served before its remaining requests.
     */
    void judgeHighWater(final Connection connection)
    {
        if (connection.unsent.bytes() > highWater && connection.state == ConnectionState.OPEN)
        {
            connection.isAboveHighWater = true;
        }
    }

    /** Ends a connection once everything it has to send is sent. */
    void endAfterRest(final Connection connection, final CloseReason reason)
    {
        connection.state = ConnectionState.FLUSHING;
        connection.closeReason = reason;
        connection.endInbound();
        connection.updateInterest();
        onAdded(connection);
    }

    private void write(final Connection connection)
    {
        final long sent;

        try
        {
            sent = connection.unsent.writeTo(connection.channel, gather);
        }
        catch (final IOException ex)
        {
            endings.onBroken(connection);
            return;
        }

        if (sent > 0)
        {
            onSent(connection, sent);
        }

        connection.isWriteBlocked = connection.unsent.bytes() > 0;

        if (!connection.isWriteBlocked && connection.unsentFrames > 0)
        {
            onFlushed(connection);
        }

        if (!connection.isWriteBlocked && connection.state == ConnectionState.FLUSHING)
        {
            endings.onAllSent(connection);
        }
        else
        {
            judgeAfterWrite(connection);
            connection.updateInterest();
        }
    }

    private void onSent(final Connection connection, final long bytes)
    {
        events.onSent(bytes);

        if (connection.exchange != null)
        {
            connection.exchange.addUnsent((int)-bytes);
            deadlines.awaitWord(connection);
        }
    }

    private void onFlushed(final Connection connection)
    {
        events.onFlushed(connection.unsentFrames, clock.nanoTime() - connection.unsentSinceNs);
        connection.unsentFrames = 0;
    }

    private void judgeAfterWrite(final Connection connection)
    {
        if (connection.unsent.bytes() > highWater)
        {
            connection.isAboveHighWater = true;
        }
        else if (connection.isAboveHighWater && connection.unsent.bytes() <= highWater / 2)
        {
            connection.isAboveHighWater = false;
            ready.receiveAgain(connection);
        }
    }
}
