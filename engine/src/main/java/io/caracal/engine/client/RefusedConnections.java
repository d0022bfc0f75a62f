/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.ClientPort;
import java.util.ArrayDeque;

/**
 * Connections with a frame that could not be taken. The port keeps such a frame, and delivers nothing of its connection
 * until it is told to go on. There can be as many of them as there are clients, and to refuse a frame once more costs
 * as much as to take it: so each is told only when what it waits for may be there, and not all in one duty cycle. While
 * nothing moves nobody is told, and the thread can rest. Of those that wait for the role one alone is told, to try; the
 * others follow when the role takes something, or has another answer for the one that tries.
 */
final class RefusedConnections
{
    /** So many connections that are gone may wait in any case, before the lines are gone through for them. */
    private static final int GONE_MIN = 64;

    private final ClientPort clients;
    /** So many of those that do not just want room are told in one duty cycle. */
    private final int resumedMax;
    private final ArrayDeque<ClientConnection> waiting = new ArrayDeque<>();
    private final ArrayDeque<ClientConnection> waitingForRoom = new ArrayDeque<>();
    private final ArrayDeque<ClientConnection> waitingForRole = new ArrayDeque<>();
    /** So many, from the front of those that wait for anything, were not told since something moved. */
    private int owed;
    /** So many of them went since the lines were gone through last; some have left the lines by themselves. */
    private int gone;
    private boolean hasMoved;
    /** The last one that was told to try; null when it is known what came of it. */
    private ClientConnection trying;

    RefusedConnections(final ClientPort clients, final int resumedMax)
    {
        this.clients = clients;
        this.resumedMax = resumedMax;
    }

    /** A frame could not be taken. */
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
     * A connection is gone. If a frame of it waits, that is in vain, and while nothing moves nobody else takes it out
     * of its line: clients that give up and come back would make the lines ever longer. So they leave once they are
     * half of all.
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

    /** Returns how many are left of those at the front of a line. */
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

    /** How many connections wait, those included that are gone. */
    int waitingCount()
    {
        return waiting.size() + waitingForRoom.size() + waitingForRole.size();
    }

    /** A frame of any of them may be taken now: something left the line of requests, or a duty cycle has ended. */
    void onMoved()
    {
        hasMoved = true;
    }

    /** The role has taken a request, so it may take those as well that it took for too much before. */
    void onTaken()
    {
        hasMoved |= awaitRole();
    }

    /** Whether any waits for the role, which may take its frame without a sign that it would. */
    boolean awaitRole()
    {
        return !waitingForRole.isEmpty();
    }

    /**
     * Has the port offer frames again, those first that have waited longest: to each that waits now, by this call and
     * later ones, if {@link #onMoved} was called since the last time.
     *
     * @param mayMove whether a frame may be taken now for a reason that nobody told.
     * @param room    how many more requests can be kept; less than zero counts as zero.
     * @return how many connections were told; while that is not zero, this is to be called again.
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

    /** Whether the frame that was to try did not come back, so that others that wait for the role need not either. */
    private boolean isTrialPassed()
    {
        final boolean isPassed = trying != null && !trying.isRefused && awaitRole();
        trying = null;

        return isPassed;
    }

    private void oweAll()
    {
        // One by one: to add all at once allocates.
        while (!waitingForRole.isEmpty())
        {
            waiting.addLast(waitingForRole.pollFirst());
        }
        owed = waiting.size();
    }

    /**
     * Where all are told at once, the one that was first the last time comes last now: the first one may take all that
     * there is.
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
