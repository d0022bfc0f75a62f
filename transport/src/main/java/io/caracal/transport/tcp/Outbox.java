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
 * Sends what connections owe, once a cycle each, and keeps the bounds on it: above the high water a connection is read
 * no further, above the bound it is ended.
 */
final class Outbox
{
    /** Connections that may wait for the end of the cycle to be written to; then they are written to at once. */
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

    /** Most bytes that a connection may owe, so no frame is ever longer. */
    int unsentMax()
    {
        return unsentMax;
    }

    /** The engine handed a frame over: one look at the clock for all that leave together. */
    void onFrame(final Connection connection)
    {
        onFrame(connection, connection.unsentFrames == 0 ? clock.nanoTime() : connection.unsentSinceNs);
    }

    /** The engine handed a frame over at a known moment. */
    void onFrame(final Connection connection, final long handedOverNs)
    {
        if (connection.unsentFrames++ == 0)
        {
            connection.unsentSinceNs = handedOverNs;
        }

        onAdded(connection);
    }

    /** Something was added to what a connection owes. */
    void onAdded(final Connection connection)
    {
        add(connection);

        if (dirty.size() >= DIRTY_MAX)
        {
            flush();
        }
    }

    /** The connection is written to before the cycle ends, unless its socket takes nothing. */
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

    /** Writes to every connection that owes something. */
    void flush()
    {
        Connection connection;

        while ((connection = dirty.pollFirst()) != null)
        {
            flush(connection);
        }
    }

    /** Writes what a connection owes; if it waits in the queue, it is passed over there. */
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

    /** Whether so many bytes more are within the bound; if not, the connection is ended. */
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
     * Takes no further requests from a connection that owes too much, in this turn at least: even if its socket takes
     * all of it at once, others come before the rest of what it asks for.
     */
    void judgeHighWater(final Connection connection)
    {
        if (connection.unsent.bytes() > highWater && connection.state == ConnectionState.OPEN)
        {
            connection.isAboveHighWater = true;
        }
    }

    /** Ends a connection once everything that it owes is sent. */
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
