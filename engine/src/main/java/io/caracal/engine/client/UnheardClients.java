/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.session.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts clients as heard of which nothing is looked at, so that their sessions do not end although they were never
 * silent. Of a client whose frame waits neither the frame is taken nor the pings behind it; and while the log of
 * requests is full, nothing is taken of anybody. A client whose connection is known to be gone is not among them, and
 * one to which this server listens again has its time-out from then on.
 * <p>
 * There can be as many whose frames wait as there are clients, and each is due a few times in its time-out. So they lie
 * on a wheel, each in the slot of the time at which it is due, and no others are gone through. A client stays there
 * until it is due, whether its frame still waits or not.
 */
final class UnheardClients
{
    /** A session is touched when it was not for this part of its time-out. */
    private static final int PARTS = 4;
    private static final long NS_PER_MS = 1_000_000;
    private static final long SLOT_NS = 100 * NS_PER_MS;
    /** Whoever is due later than in one turn of the wheel is looked at once in each turn. */
    private static final int SLOTS = 128;

    private final ConnectionTable connections;
    private final CurrentRole role;
    private final List<ArrayDeque<ClientConnection>> wheel = new ArrayList<>(SLOTS);
    private long watchNs;
    /** The last slot that was gone through, counted from the begin of time. */
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

    /** A frame of a connection waits. */
    void add(final ClientConnection connection)
    {
        if (connection.state == ConnectionState.OPEN && !connection.isOnWheel)
        {
            connection.isOnWheel = true;
            put(connection);
        }
    }

    /**
     * While no frame is taken at all, whoever leads next hears of everybody who is connected. Returns how many clients
     * were looked at.
     */
    int touch(final long newWatchNs, final boolean hasListened)
    {
        watchNs = newWatchNs;
        if (!role.takesRequests())
        {
            return 0;
        }

        return (hasListened ? 0 : touchAll()) + turn();
    }

    private int turn()
    {
        int looked = 0;
        final long slot = watchNs / SLOT_NS;
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
        final long dueInNs = Math.max(0, partOfTimeoutNs(session) - session.silentNs(watchNs));
        final long slots = Math.min(dueInNs / SLOT_NS + 1, SLOTS - 1);
        wheel.get((int)Math.floorMod(watchNs / SLOT_NS + slots, (long)SLOTS)).addLast(connection);
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
        if (session.silentNs(watchNs) > partOfTimeoutNs(session))
        {
            role.intake().touch(session);
        }
    }

    private static long partOfTimeoutNs(final Session session)
    {
        return session.touchTimeoutMs() * NS_PER_MS / PARTS;
    }
}
