/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.protocol.ErrorCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients through which people change the tree. There is one client per user, kept between changes, so that a
 * series of edits needs only one connection and one session. A client that is idle for two minutes is closed. If there
 * are more than {@value #USERS_MAX} users, the client that was idle longest is closed for the new one. May be used by
 * any thread; the changes of one user are made one after the other.
 */
final class EditorClients implements AutoCloseable
{
    /** Maximum number of users whose clients are kept. */
    static final int USERS_MAX = 8;
    static final long IDLE_MAX_NS = TimeUnit.MINUTES.toNanos(2);

    private static final Logger LOG = LoggerFactory.getLogger(EditorClients.class);
    private static final long TURN_MAX_MS = 10_000;

    /** A change that is made with a connected client. */
    @FunctionalInterface
    interface Change
    {
        int make(OwnClient client) throws IOException;
    }

    /** A user. The address does not matter, because the change is sent from this server's own address. */
    private record User(String scheme, String credentials)
    {
        static User of(final Credentials who)
        {
            return new User(who.scheme(), who.credentials());
        }
    }

    /**
     * A user's place in the table; guarded by the lock of the table. The client of a busy slot belongs to the thread
     * that has borrowed it; apart from that thread, only {@link EditorClients#close} touches it.
     */
    private static final class Slot
    {
        private OwnClient client;
        private boolean isBusy = true;
        private long usedNs;
    }

    private final Supplier<InetSocketAddress> server;
    private final NanoClock clock;
    private final long tickMs;
    private final long turnMaxMs;
    /** The clients by user, least recently used first. */
    private final Map<User, Slot> slots = new LinkedHashMap<>();
    private boolean isClosed;

    /**
     * Starts without clients.
     *
     * @param server returns the address of the client port.
     * @param clock  monotonic.
     * @param tickMs interval at which {@link #tick} is called.
     */
    EditorClients(final Supplier<InetSocketAddress> server, final NanoClock clock, final long tickMs)
    {
        this(server, clock, tickMs, TURN_MAX_MS);
    }

    EditorClients(final Supplier<InetSocketAddress> server, final NanoClock clock, final long tickMs,
        final long turnMaxMs)
    {
        this.server = server;
        this.clock = clock;
        this.tickMs = tickMs;
        this.turnMaxMs = turnMaxMs;
    }

    /**
     * Makes a change with the client of a user.
     *
     * @param who    the user, with valid credentials.
     * @param change to make, once or not at all.
     * @return an error code of the protocol.
     * @throws NoAnswerException when the change was not sent to the server.
     * @throws IOException       when the server did not answer; the change may have been made or not.
     */
    int change(final Credentials who, final Change change) throws IOException
    {
        final User user = User.of(who);
        final List<OwnClient> givesWay = new ArrayList<>();
        final Slot slot = take(user, givesWay);
        givesWay.forEach(EditorClients::end);
        boolean isSound = false;
        try
        {
            final int errorCode = connect(slot, who);
            if (errorCode != ErrorCode.OK)
            {
                return errorCode;
            }

            final int result = change.make(slot.client);
            isSound = true;
            return result;
        }
        finally
        {
            giveBack(user, slot, isSound);
        }
    }

    private synchronized Slot take(final User user, final List<OwnClient> givesWay)
    {
        final long endNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(turnMaxMs);
        try
        {
            while (isBusy(user) && !isClosed)
            {
                final long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - clock.nanoTime());
                if (leftMs <= 0)
                {
                    throw NoAnswerException.unchanged("another change of this user is still under way");
                }

                wait(leftMs);
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        if (isClosed || Thread.currentThread().isInterrupted())
        {
            throw NoAnswerException.unchanged("the server ends");
        }

        final Slot slot = slots.remove(user);
        if (slot == null)
        {
            return add(user, givesWay);
        }

        slots.put(user, slot);
        slot.isBusy = true;
        return slot;
    }

    private boolean isBusy(final User user)
    {
        final Slot slot = slots.get(user);

        return slot != null && slot.isBusy;
    }

    private Slot add(final User user, final List<OwnClient> givesWay)
    {
        final Iterator<Slot> others = slots.values().iterator();
        while (slots.size() >= USERS_MAX && others.hasNext())
        {
            final Slot other = others.next();
            if (!other.isBusy)
            {
                givesWay.add(other.client);
                others.remove();
            }
        }
        if (slots.size() >= USERS_MAX)
        {
            throw NoAnswerException.unchanged(USERS_MAX + " other users are changing the tree; try again");
        }

        final Slot slot = new Slot();
        slots.put(user, slot);
        return slot;
    }

    /**
     * Connects if necessary; returns an error code. A kept client is first asked whether it is still connected, so that
     * a change is not lost.
     */
    private int connect(final Slot slot, final Credentials who)
    {
        if (slot.client != null && slot.client.isAlive())
        {
            return ErrorCode.OK;
        }

        final OwnClient client = renew(slot);
        try
        {
            client.connect(server.get());
            return client.authenticate(who);
        }
        catch (final IOException ex)
        {
            LOG.debug("the dashboard cannot be a client", ex);
            throw NoAnswerException.unchanged("the server answers no clients now");
        }
    }

    /** Returns a client. It is closed if it has failed, or if its session would expire before the next touch. */
    private void giveBack(final User user, final Slot slot, final boolean isSound)
    {
        final OwnClient client = slot.client;
        final boolean isKept;
        synchronized (this)
        {
            isKept = isSound && !isClosed && client.canRest(tickMs);
            slot.isBusy = false;
            slot.usedNs = clock.nanoTime();
            if (!isKept)
            {
                slots.remove(user, slot);
            }
            notifyAll();
        }

        if (!isKept && isSound)
        {
            end(client);
        }
        else if (!isKept && client != null)
        {
            client.abandon();
        }
    }

    /** Keeps the sessions of idle clients alive, and closes clients that were idle for too long. */
    void tick()
    {
        final List<OwnClient> idle = new ArrayList<>();
        synchronized (this)
        {
            slots.values().removeIf(slot -> !slot.isBusy && isOver(slot, idle));
        }
        endAll(idle);
    }

    private boolean isOver(final Slot slot, final List<OwnClient> idle)
    {
        if (clock.nanoTime() - slot.usedNs >= IDLE_MAX_NS || !slot.client.touch())
        {
            idle.add(slot.client);
            return true;
        }

        return false;
    }

    /** Gives a slot a new client. It is there before it connects, so that the end cuts off its connecting, too. */
    private synchronized OwnClient renew(final Slot slot)
    {
        if (isClosed)
        {
            throw NoAnswerException.unchanged("the server ends");
        }

        if (slot.client != null)
        {
            slot.client.abandon();
        }
        slot.client = new OwnClient();
        return slot.client;
    }

    /** Closes a client; returns false if the server does not answer. */
    private static boolean end(final OwnClient client)
    {
        try
        {
            client.close();
            return true;
        }
        catch (final IOException ex)
        {
            LOG.debug("a session of the dashboard ends by its time-out: {}", ex.toString());
            return false;
        }
    }

    /** Ends all sessions, without waiting for changes that are under way. */
    @Override
    public void close()
    {
        final List<OwnClient> idle = new ArrayList<>();
        synchronized (this)
        {
            isClosed = true;
            for (final Slot slot : slots.values())
            {
                if (!slot.isBusy)
                {
                    idle.add(slot.client);
                }
                else if (slot.client != null)
                {
                    slot.client.abandon();
                }
            }
            slots.clear();
            notifyAll();
        }
        endAll(idle);
    }

    /** Closes clients. Once the server has not answered one of them, the others are closed without waiting. */
    private static void endAll(final List<OwnClient> idle)
    {
        boolean answers = true;
        for (final OwnClient client : idle)
        {
            if (answers)
            {
                answers = end(client);
            }
            else
            {
                client.abandon();
            }
        }
    }
}
