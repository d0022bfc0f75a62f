/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.session.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts clients as heard while this server does not look at what they send, so that their sessions do not expire
 * although they were never silent. While a frame of a client waits, neither it nor the pings behind it are taken, and
 * while the log of requests is full, nothing is taken from anybody. A client whose connection is known to be gone is
 * not counted as heard. Once this server takes a client's frames again, the client has its full time-out.
 * <p>
 * The frames of all clients may wait, and each is due a few times in its time-out. So these clients lie on a wheel,
 * each in the slot of the time at which it is due, and only those that are due are visited. A client stays on the wheel
 * until it is due, whether its frame still waits or not. Time is real time, also while this server is slow: the leader
 * does not wait for it.
 */
final class UnheardClients
{
    /** A session is touched when it has been silent for more than this fraction of its time-out. */
    private static final int PARTS = 4;
    private static final long NS_PER_MS = 1_000_000;
    private static final long SLOT_NS = 100 * NS_PER_MS;
    /** A client that is due after more than one turn of the wheel is visited once in each turn. */
    private static final int SLOTS = 128;

    private final ConnectionTable connections;
    private final CurrentRole role;
    private final List<ArrayDeque<ClientConnection>> wheel = new ArrayList<>(SLOTS);
    private long nowNs;
    /** The last slot that was visited, counted from time 0 of the clock. */
    private long lastSlot;

    UnheardClients(final ConnectionTable connections, final CurrentRole role)
    {
        this.connections = connections;
        this.role = role;
        for (int i = 0; i < SLOTS; i++)
        {
            wheel.add(new ArrayDeque<>());
        }
    }

    /** Puts a connection whose frame waits on the wheel. */
    void add(final ClientConnection connection)
    {
        if (connection.state == ConnectionState.OPEN && !connection.isOnWheel)
        {
            connection.isOnWheel = true;
            put(connection);
        }
    }

    /**
     * Touches the sessions that are due; all of them if nothing was read from clients since the last call. Does nothing
     * while there is no leader: the next one is then told of every client that is connected. With a leader it goes on
     * even while nobody is served: history has to be applied, or requests have to be sent again and the role has no
     * room for them, or this server is not sure of its leader for a while. Returns how many clients were looked at.
     */
    int touch(final long newNowNs, final boolean hasListened)
    {
        nowNs = newNowNs;
        if (!role.intake().takesTouches())
        {
            return 0;
        }

        return (hasListened ? 0 : touchAll()) + turn();
    }

    private int turn()
    {
        int looked = 0;
        final long slot = nowNs / SLOT_NS;
        for (long next = Math.max(lastSlot + 1, slot - SLOTS + 1); next <= slot; next++)
        {
            final ArrayDeque<ClientConnection> due = wheel.get((int)Math.floorMod(next, (long)SLOTS));
            for (int left = due.size(); left > 0; left--)
            {
                onDue(due.pollFirst());
                looked++;
            }
        }
        lastSlot = slot;

        return looked;
    }

    private void onDue(final ClientConnection connection)
    {
        connection.isOnWheel = connection.isRefused && connection.state == ConnectionState.OPEN;
        if (connection.isOnWheel)
        {
            touch(connection);
            put(connection);
        }
    }

    private void put(final ClientConnection connection)
    {
        final Session session = connection.session();
        final long dueInNs = Math.max(0, partOfTimeoutNs(session) - session.silentNs(nowNs));
        final long slots = Math.min(dueInNs / SLOT_NS + 1, SLOTS - 1);
        wheel.get((int)Math.floorMod(nowNs / SLOT_NS + slots, (long)SLOTS)).addLast(connection);
    }

    private int touchAll()
    {
        for (int i = 0; i < connections.slotCount(); i++)
        {
            final ClientConnection connection = connections.atSlot(i);
            if (connection != null && connection.state == ConnectionState.OPEN)
            {
                touch(connection);
            }
        }

        return connections.slotCount();
    }

    private void touch(final ClientConnection connection)
    {
        final Session session = connection.session();
        if (session.silentNs(nowNs) > partOfTimeoutNs(session))
        {
            role.intake().touch(session);
        }
    }

    private static long partOfTimeoutNs(final Session session)
    {
        return session.touchTimeoutMs() * NS_PER_MS / PARTS;
    }
}
