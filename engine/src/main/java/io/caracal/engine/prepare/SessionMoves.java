/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;

/**
 * Tells at which server each session will be once everything prepared is applied. Each move raises the session's attach
 * number, and requests that were sent under an older one are refused. Otherwise a write that was held up on its way
 * while its client went to another server could overwrite what the client has written there later and was told is done.
 * <p>
 * There is one for each leadership, and it begins with nothing prepared.
 */
final class SessionMoves
{
    private long ownerBefore;
    private long numberBefore;

    SessionMoves(final SessionTable sessions)
    {
        sessions.forgetPrepared();
    }

    /** Whether the session has left the connection that a request came by, or is about to. */
    boolean hasLeft(final Session session, final long server, final long attachNumber)
    {
        return session.preparedAttachNumber() != attachNumber || session.preparedOwner() != server;
    }

    /** Prepares a move; returns the attach number, one more than any move prepared before. */
    long prepare(final Session session, final long server)
    {
        ownerBefore = session.preparedOwner();
        numberBefore = session.preparedAttachNumber();
        session.prepared(server, numberBefore + 1);

        return numberBefore + 1;
    }

    /** The move prepared last could not be proposed. */
    void rollback(final Session session)
    {
        session.prepared(ownerBefore, numberBefore);
    }
}
