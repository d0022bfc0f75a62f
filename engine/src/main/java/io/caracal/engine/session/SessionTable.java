/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/** All sessions of the ensemble, by id. Replicated state: only applying a transaction adds, moves or removes one. */
public final class SessionTable
{
    private final Long2ObjectHashMap<Session> sessions = new Long2ObjectHashMap<>();

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
        sessions.remove(sessionId);
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

    /** Forgets all sessions: another state is being loaded. */
    public void clear()
    {
        sessions.clear();
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
