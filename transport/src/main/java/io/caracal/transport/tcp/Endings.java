/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.port.ClientHandler;
import io.caracal.transport.CloseReason;
import io.caracal.transport.TransportContext;
import io.caracal.transport.TransportEvents;
import io.caracal.transport.WordHandler;
import java.io.IOException;
import org.agrona.collections.LongArrayQueue;

/**
 * Ends connections, either at once, or by ending this side of the stream and waiting for the client to end the other.
 * Then tells the engine or the word handler.
 */
final class Endings
{
    private final LongArrayQueue untold = new LongArrayQueue();
    private final ConnectionTable table;
    private final Admission admission;
    private final ReadyQueue ready;
    private final Deadlines deadlines;
    private final WordDesk desk;
    private final WordHandler wordHandler;
    private final TransportEvents events;

    Endings(final TransportContext context, final ConnectionTable table, final Admission admission,
        final ReadyQueue ready, final Deadlines deadlines, final WordDesk desk)
    {
        this.table = table;
        this.admission = admission;
        this.ready = ready;
        this.deadlines = deadlines;
        this.desk = desk;
        wordHandler = context.wordHandler();
        events = context.events();
    }

    /** Ends a connection at once, whatever is unsent. */
    void end(final Connection connection, final CloseReason reason)
    {
        if (connection.state == ConnectionState.CLOSED)
        {
            return;
        }

        connection.state = ConnectionState.CLOSED;
        connection.leaveDeadlines();
        connection.unsent.drop();
        connection.endInbound();
        Sockets.closeQuietly(connection.channel);
        bidFarewell(connection);
        table.remove(connection);
        admission.leave(connection.remote.getAddress());
        events.onClosed(reason);
    }

    /** Ends a connection whose client sent a length that no request has. */
    void onFrameLength(final Connection connection, final int length)
    {
        events.onFrameLength(connection.remote, length);
        end(connection, CloseReason.FRAME_LENGTH);
    }

    /** Ends a connection whose socket failed. */
    void onBroken(final Connection connection)
    {
        end(connection, connection.closeReason == null ? CloseReason.BROKEN : connection.closeReason);
    }

    /** Ends a connection whose client ended its side. */
    void onEndOfStream(final Connection connection)
    {
        end(connection, connection.closeReason == null ? CloseReason.BY_CLIENT : connection.closeReason);
    }

    /**
     * Handles a connection to be closed, on which everything is sent: ends this side of the stream, so that the client
     * can read the last frame, and waits for the client to do the same.
     */
    void onAllSent(final Connection connection)
    {
        try
        {
            connection.channel.shutdownOutput();
        }
        catch (final IOException ex)
        {
            end(connection, connection.closeReason);
            return;
        }

        connection.state = ConnectionState.DRAINING;
        deadlines.linger(connection);
        bidFarewell(connection);
        connection.updateInterest();
        ready.add(connection);
    }

    /** Tells the engine of connections that have ended. */
    int deliver(final ClientHandler handler)
    {
        int workCount = 0;

        while (!untold.isEmpty())
        {
            handler.onDisconnect(untold.pollLong());
            workCount++;
        }

        return workCount;
    }

    boolean isAnyUntold()
    {
        return !untold.isEmpty();
    }

    /** Tells the engine or the word handler, whichever knows the connection, once, that it has ended. */
    private void bidFarewell(final Connection connection)
    {
        if (connection.isAnnounced)
        {
            connection.isAnnounced = false;
            untold.addLong(connection.id);
        }

        final WordExchange exchange = connection.exchange;

        if (exchange != null)
        {
            connection.exchange = null;
            desk.close(exchange);

            if (connection.state != ConnectionState.DRAINING)
            {
                wordHandler.onWordGone(connection.id);
            }
        }
    }
}
