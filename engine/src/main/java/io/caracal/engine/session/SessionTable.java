/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/** All sessions of the ensemble, by id. Replicated state: only applying a transaction adds, moves or removes one. */
public final class SessionTable
{
    private final Long2ObjectHashMap<Session> sessions = new Long2ObjectHashMap<>();
    /** Sessions that this process held when it began to load another state, and that have not been loaded yet. */
    private final Long2ObjectHashMap<Session> held = new Long2ObjectHashMap<>();
    private Session first;
    private Session last;
    private SessionChangeHandler changes = SessionChangeHandler.NONE;

    /**
     * Finds a session.
     *
     * @param sessionId its id.
     * @return the session, null when there is none.
     */
    public Session find(final long sessionId)
    {
        return sessions.get(sessionId);
    }

    /**
     * Adds a new session.
     *
     * @param sessionId    id, unused so far.
     * @param timeoutMs    agreed time-out.
     * @param ownerServer  server that holds its connection.
     * @param attachNumber 0 for a new one.
     * @return the session.
     */
    public Session add(final long sessionId, final int timeoutMs, final long ownerServer, final long attachNumber)
    {
        final Session session = new Session(sessionId, timeoutMs, ownerServer, attachNumber);
        sessions.put(sessionId, session);
        session.previousInTable = last;
        if (last == null)
        {
            first = session;
        }
        else
        {
            last.nextInTable = session;
        }
        last = session;
        changes.onAdded(session);

        return session;
    }

    /**
     * Moves a session to another server.
     *
     * @param session      which.
     * @param ownerServer  its new server.
     * @param attachNumber one more than before.
     */
    public void move(final Session session, final long ownerServer, final long attachNumber)
    {
        changes.onChanging(session);
        session.ownerServer = ownerServer;
        session.attachNumber = attachNumber;
    }

    /**
     * Removes a session that ended.
     *
     * @param sessionId its id; an unknown id is ignored.
     */
    public void remove(final long sessionId)
    {
        final Session session = sessions.get(sessionId);
        if (session != null)
        {
            changes.onRemoving(session);
            unlink(session);
            sessions.remove(sessionId);
        }
    }

    private void unlink(final Session session)
    {
        if (session.previousInTable == null)
        {
            first = session.nextInTable;
        }
        else
        {
            session.previousInTable.nextInTable = session.nextInTable;
        }

        if (session.nextInTable == null)
        {
            last = session.previousInTable;
        }
        else
        {
            session.nextInTable.previousInTable = session.previousInTable;
        }
    }

    /**
     * The session that was added first; {@link Session#nextInTable()} leads to the others.
     *
     * @return null when there is none.
     */
    public Session first()
    {
        return first;
    }

    /**
     * Sets the handler that is called before a session changes.
     *
     * @param newChanges handler, {@link SessionChangeHandler#NONE} for none.
     */
    public void changes(final SessionChangeHandler newChanges)
    {
        changes = newChanges;
    }

    /**
     * The number of sessions.
     *
     * @return zero or more.
     */
    public int size()
    {
        return sessions.size();
    }

    /**
     * Called when this server begins or ceases to lead. Forgets ends and moves of sessions that were prepared and are
     * not applied. Those that became part of the history are applied like any other transaction.
     */
    public void forgetPrepared()
    {
        for (Session session = first; session != null; session = session.nextInTable)
        {
            session.forgetPrepared();
        }
    }

    /** Forgets all sessions, because they are over. */
    public void clear()
    {
        sessions.clear();
        first = null;
        last = null;
    }

    /**
     * Forgets all sessions, because another state is being loaded, maybe again. What this process knows of the clients
     * of those that it holds is kept for {@link #load}, until {@link #onLoaded()}.
     */
    public void beginLoading()
    {
        for (Session session = first; session != null; session = session.nextInTable)
        {
            if (session.isHeld())
            {
                held.put(session.id, session);
            }
        }
        clear();
    }

    /**
     * Adds a session of the state that is being loaded. If this process held it before and it has not moved since, what
     * the process knows of its client still holds.
     *
     * @param sessionId    id, unused so far.
     * @param timeoutMs    time-out with which it began.
     * @param ownerServer  server that holds its connection.
     * @param attachNumber how often it has moved.
     * @return the session.
     */
    public Session load(final long sessionId, final int timeoutMs, final long ownerServer, final long attachNumber)
    {
        final Session session = add(sessionId, timeoutMs, ownerServer, attachNumber);
        final Session former = held.remove(sessionId);
        if (former != null && former.attachNumber == attachNumber)
        {
            session.takeOver(former);
        }

        return session;
    }

    /** Another state is loaded as a whole. */
    public void onLoaded()
    {
        held.clear();
    }

    /**
     * Ids of all sessions in ascending order, the one order that is the same on every server. For cold paths only.
     *
     * @return a new array.
     */
    public long[] sortedIds()
    {
        final long[] ids = new long[sessions.size()];
        int i = 0;
        final Long2ObjectHashMap<Session>.KeyIterator keys = sessions.keySet().iterator();
        while (keys.hasNext())
        {
            ids[i++] = keys.nextLong();
        }
        Arrays.sort(ids);

        return ids;
    }
}
