/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/** All sessions of the ensemble, by id. Replicated state: only applying a transaction adds, moves or removes one. */
public final class SessionTable
{
    private final Long2ObjectHashMap<Session> sessions = new Long2ObjectHashMap<>();
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
     * A session is born.
     *
     * @param sessionId   id, unused so far.
     * @param timeoutMs   agreed time-out.
     * @param ownerServer server that holds its connection.
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
     * A session moves to another server.
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
     * A session ends.
     *
     * @param sessionId id; nothing happens when it is unknown.
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
     * The oldest session of the table; the others follow by {@link Session#nextInTable()}.
     *
     * @return null when there is none.
     */
    public Session first()
    {
        return first;
    }

    /**
     * Sets who is told before a session changes.
     *
     * @param newChanges handler, {@link SessionChangeHandler#NONE} for nobody.
     */
    public void changes(final SessionChangeHandler newChanges)
    {
        changes = newChanges;
    }

    /**
     * How many sessions there are.
     *
     * @return zero or more.
     */
    public int size()
    {
        return sessions.size();
    }

    /**
     * This server begins or ceases to lead: forgets ends and moves of sessions that were prepared and are not applied.
     * Those that became part of the history are applied like any other transaction.
     */
    public void forgetPrepared()
    {
        for (Session session = first; session != null; session = session.nextInTable)
        {
            session.forgetPrepared();
        }
    }

    /** Forgets all sessions: another state is being loaded. */
    public void clear()
    {
        sessions.clear();
        first = null;
        last = null;
    }

    /**
     * Ids of all sessions, ascending: the one order that is the same on every server. Cold paths only.
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
