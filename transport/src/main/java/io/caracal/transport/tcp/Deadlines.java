/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.CloseReason;
import io.caracal.transport.TransportContext;
import org.agrona.concurrent.NanoClock;

/** What connections have time for, and the end of those that took longer. */
final class Deadlines
{
    /** Connections that one cycle closes because their time is over. */
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

    /** A cycle begins; returns its time. */
    long beginCycle()
    {
        nowNs = clock.nanoTime();

        return nowNs;
    }

    /** A socket was accepted and must bring a whole frame. */
    void awaitHandshake(final Connection connection)
    {
        handshakes.add(connection, clock.nanoTime());
    }

    /** A word came, or its answer moved on. */
    void awaitWord(final Connection connection)
    {
        words.add(connection, nowNs);
    }

    /** The end of a connection began. */
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
