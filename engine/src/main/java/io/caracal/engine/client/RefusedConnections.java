/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.ClientPort;
import java.util.ArrayDeque;

/**
 * Connections with a frame that could not be taken. The port keeps such a frame, and delivers nothing of its connection
 * until it is told to go on. There can be as many of them as there are clients, and to refuse a frame once more costs
 * as much as to take it: so those that want room are told when there is room, as many as find some, and the others are
 * told when something has moved, some at a time. While nothing moves nobody is told, and the thread can rest.
 */
final class RefusedConnections
{
    private final ClientPort clients;
    /** So many of those that do not just want room are told in one duty cycle. */
    private final int resumedMax;
    private final ArrayDeque<ClientConnection> waiting = new ArrayDeque<>();
    private final ArrayDeque<ClientConnection> waitingForRoom = new ArrayDeque<>();
    /** So many, from the front of those that wait for anything, were not told since something moved. */
    private int owed;
    private boolean haveClientsMoved;

    RefusedConnections(final ClientPort clients, final int resumedMax)
    {
        this.clients = clients;
        this.resumedMax = resumedMax;
    }

    /** A frame could not be taken; whether that was for want of room alone. */
    void add(final ClientConnection connection, final boolean lacksRoom)
    {
        if (!connection.isRefused)
        {
            connection.isRefused = true;
            (lacksRoom ? waitingForRoom : waiting).addLast(connection);
        }
    }

    /** What a client did, or a duty cycle that has ended, lets a frame be taken that could not be taken before. */
    void onMoved()
    {
        haveClientsMoved = true;
    }

    /** Whether any frame could not be taken and was not offered again since. */
    boolean isAnyWaiting()
    {
        return !waiting.isEmpty() || !waitingForRoom.isEmpty();
    }

    /** Whether some were not told yet since something moved. */
    boolean owes()
    {
        return owed > 0;
    }

    /**
     * Has the port offer frames again, those first that have waited longest.
     *
     * @param hasMoved whether a frame may be taken now that could not be taken before, besides what {@link #onMoved}
     *                 told; if so each of those that wait now is told once, by this call and later ones.
     * @param room     how many more requests can be kept; less than zero counts as zero.
     * @return how many connections were told; while that is not zero, this is to be called again.
     */
    int resume(final boolean hasMoved, final int room)
    {
        final int count = Math.min(room, waitingForRoom.size());
        for (int i = 0; i < count; i++)
        {
            resume(waitingForRoom.pollFirst());
        }

        final int others = resumeOthers(hasMoved || haveClientsMoved);
        haveClientsMoved = false;

        return Math.max(0, count) + others;
    }

    /**
     * Where all are told at once, the one that was first the last time comes last now: the first one may take all that
     * there is.
     */
    private int resumeOthers(final boolean hasMoved)
    {
        owed = hasMoved ? waiting.size() : owed;
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

    private void resume(final ClientConnection connection)
    {
        connection.isRefused = false;
        clients.resume(connection.id);
    }
}
