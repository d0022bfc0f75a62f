/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.CloseReason;
import io.caracal.transport.TransportContext;
import org.agrona.concurrent.NanoClock;

/** Bounds the time that connections have for their handshake, a word and their end, and ends those that take longer. */
final class Deadlines
{
    /** Maximum of overdue connections that one cycle closes. */
    static final int TIMEOUTS_MAX = 256;

    private final NanoClock clock;
    private final DeadlineList handshakes;
    private final DeadlineList words;
    private final DeadlineList lingers;
    private long nowNs;

    Deadlines(final TransportContext context)
    {
        clock = context.nanoClock();
        handshakes = new DeadlineList(context.handshakeTimeoutNs());
        words = new DeadlineList(context.wordTimeoutNs());
        lingers = new DeadlineList(context.closeLingerNs());
        nowNs = clock.nanoTime();
    }

    /** Begins a cycle and returns its time. */
    long beginCycle()
    {
        nowNs = clock.nanoTime();

        return nowNs;
    }

    /** Starts the clock of an accepted socket, which must deliver a whole frame. */
    void awaitHandshake(final Connection connection)
    {
        handshakes.add(connection, clock.nanoTime());
    }

    /** Restarts the clock of a word, which has arrived or whose answer has made progress. */
    void awaitWord(final Connection connection)
    {
        words.add(connection, nowNs);
    }

    /** Starts the clock of a connection that is being closed. */
    void linger(final Connection connection)
    {
        lingers.add(connection, clock.nanoTime());
    }

    long nextNs()
    {
        return Math.min(handshakes.nextDeadlineNs(), Math.min(words.nextDeadlineNs(), lingers.nextDeadlineNs()));
    }

    int closeOverdue(final Endings endings)
    {
        int workCount = 0;
        Connection connection;

        while (workCount < TIMEOUTS_MAX && (connection = handshakes.due(nowNs)) != null)
        {
            endings.end(connection, CloseReason.HANDSHAKE_TIMEOUT);
            workCount++;
        }

        while (workCount < TIMEOUTS_MAX && (connection = words.due(nowNs)) != null)
        {
            endings.end(connection, CloseReason.WORD_TIMEOUT);
            workCount++;
        }

        while (workCount < TIMEOUTS_MAX && (connection = lingers.due(nowNs)) != null)
        {
            endings.end(connection, connection.state == ConnectionState.FLUSHING ?
                CloseReason.UNSENT_REST : connection.closeReason);
            workCount++;
        }

        return workCount;
    }
}
