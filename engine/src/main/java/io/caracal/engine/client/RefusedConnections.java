/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.ClientPort;
import java.util.ArrayDeque;

/**
 * Connections with a frame that could not be taken. The port keeps such a frame and delivers nothing more of its
 * connection until it is told to resume it. There can be as many of these connections as there are clients, and
 * refusing a frame again costs as much as taking it. So a connection is resumed only when what it waits for may be
 * there, and not all are resumed in one duty cycle. While nothing moves none is resumed, and the thread can rest.
 * <p>
 * Of the connections that wait for the role, only one is resumed as a trial. The others follow when the role takes
 * something, or when the trial is not refused again.
 */
final class RefusedConnections
{
    /** Number of closed connections that may remain in the queues before the queues are searched for them. */
    private static final int GONE_MIN = 64;

    private final ClientPort clients;
    /** Most connections that one duty cycle resumes, apart from those that wait for room only. */
    private final int resumedMax;
    private final ArrayDeque<ClientConnection> waiting = new ArrayDeque<>();
    private final ArrayDeque<ClientConnection> waitingForRoom = new ArrayDeque<>();
    private final ArrayDeque<ClientConnection> waitingForRole = new ArrayDeque<>();
    /** Number of connections at the front of {@link #waiting} that have not been resumed since something moved. */
    private int owed;
    /** Number of waiting connections that went since the queues were last searched; some have left the queues since. */
    private int gone;
    private boolean hasMoved;
    /** The connection that was last resumed as a trial; null when its outcome is known. */
    private ClientConnection trying;

    RefusedConnections(final ClientPort clients, final int resumedMax)
    {
        this.clients = clients;
        this.resumedMax = resumedMax;
    }

    /** A frame of a connection could not be taken. */
    void add(final ClientConnection connection, final Awaited awaited)
    {
        if (!connection.isRefused)
        {
            connection.isRefused = true;
            line(awaited).addLast(connection);
        }
    }

    private ArrayDeque<ClientConnection> line(final Awaited awaited)
    {
        return switch (awaited)
        {
            case ROOM -> waitingForRoom;
            case ROLE -> waitingForRole;
            case ANSWER -> waiting;
        };
    }

    /**
     * A connection is gone. If one of its frames waits, it waits in vain, and while nothing moves nothing else removes
     * it from its queue: clients that give up and come back would make the queues ever longer. So closed connections
     * are removed once they are more than half of all.
     */
    void onGone(final ClientConnection connection)
    {
        gone += connection.isRefused ? 1 : 0;
        if (gone > GONE_MIN && gone > waitingCount() / 2)
        {
            gone = 0;
            owed = removeClosing(waiting, owed);
            removeClosing(waitingForRoom, 0);
            removeClosing(waitingForRole, 0);
        }
    }

    /** Removes closed connections from a queue. Returns how many of the first {@code front} are left. */
    private static int removeClosing(final ArrayDeque<ClientConnection> line, final int front)
    {
        int left = 0;
        for (int i = 0, size = line.size(); i < size; i++)
        {
            final ClientConnection connection = line.pollFirst();
            if (connection.state != ConnectionState.CLOSING)
            {
                line.addLast(connection);
                left += i < front ? 1 : 0;
            }
        }

        return left;
    }

    /** Number of connections that wait, including those that are gone. */
    int waitingCount()
    {
        return waiting.size() + waitingForRoom.size() + waitingForRole.size();
    }

    /** Any waiting frame may be taken now, because a request has completed or a duty cycle has ended. */
    void onMoved()
    {
        hasMoved = true;
    }

    /** The role has taken a request, so it may now take those as well that it had no room for. */
    void onTaken()
    {
        hasMoved |= awaitRole();
    }

    /** Whether any connection waits for the role, which may become ready unannounced. */
    boolean awaitRole()
    {
        return !waitingForRole.isEmpty();
    }

    /**
     * Has the port offer frames again, those that have waited longest first. If {@link #onMoved} was called since the
     * last time, every connection that waits now is resumed, by this call or later ones.
     *
     * @param mayMove whether a frame may be taken now for a reason that was not announced.
     * @param room    how many more requests can be kept; less than zero counts as zero.
     * @return number of connections that were resumed; while it is not zero, call this again.
     */
    int resume(final boolean mayMove, final int room)
    {
        final int count = Math.max(0, Math.min(room, waitingForRoom.size()));
        for (int i = 0; i < count; i++)
        {
            resume(waitingForRoom.pollFirst());
        }

        if (isTrialPassed() || hasMoved)
        {
            hasMoved = false;
            oweAll();
        }

        return count + resumeOwed() + (mayMove ? tryOne() : 0);
    }

    /** Whether the trial was not refused again, so that the others that wait for the role may be resumed too. */
    private boolean isTrialPassed()
    {
        final boolean isPassed = trying != null && !trying.isRefused && awaitRole();
        trying = null;

        return isPassed;
    }

    private void oweAll()
    {
        // Moved one by one, because addAll allocates.
        while (!waitingForRole.isEmpty())
        {
            waiting.addLast(waitingForRole.pollFirst());
        }
        owed = waiting.size();
    }

    /**
     * Resumes connections from the front. When all of them are resumed at once, the first goes to the end, because
     * whichever comes first may take everything that there is.
     */
    private int resumeOwed()
    {
        final int count = Math.min(owed, resumedMax);
        if (count > 1 && count == waiting.size())
        {
            waiting.addLast(waiting.pollFirst());
        }

        for (int i = 0; i < count; i++)
        {
            resume(waiting.pollFirst());
        }
        owed -= count;

        return count;
    }

    private int tryOne()
    {
        while (awaitRole() && waitingForRole.peekFirst().state == ConnectionState.CLOSING)
        {
            waitingForRole.pollFirst();
        }

        if (!awaitRole())
        {
            return 0;
        }
        trying = waitingForRole.pollFirst();
        resume(trying);

        return 1;
    }

    private void resume(final ClientConnection connection)
    {
        connection.isRefused = false;
        clients.resume(connection.id);
    }
}
