/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;

/**
 * Tracks at which server each session will be once everything prepared is applied. Each move raises the session's
 * attach number, and requests sent under an older number are refused. Otherwise a delayed write could arrive after its
 * client has moved to another server, and overwrite a later write that the client made there and that was already
 * confirmed.
 * <p>
 * There is one instance for each leadership; it begins with nothing prepared.
 */
final class SessionMoves
{
    private long ownerBefore;
    private long numberBefore;

    SessionMoves(final SessionTable sessions)
    {
        sessions.forgetPrepared();
    }

    /** Whether a session has left the connection that a request came by, or is about to leave it. */
    boolean hasLeft(final Session session, final long server, final long attachNumber)
    {
        return session.preparedAttachNumber() != attachNumber || session.preparedOwner() != server;
    }

    /** Prepares a move. Returns the new attach number, one more than the session's last prepared one. */
    long prepare(final Session session, final long server)
    {
        ownerBefore = session.preparedOwner();
        numberBefore = session.preparedAttachNumber();
        session.prepared(server, numberBefore + 1);

        return numberBefore + 1;
    }

    /** Undoes the move prepared last, which could not be proposed. */
    void rollback(final Session session)
    {
        session.prepared(ownerBefore, numberBefore);
    }
}
