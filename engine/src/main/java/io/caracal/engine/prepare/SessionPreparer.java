/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.protocol.PathRules;
import io.caracal.engine.session.Session;
import io.caracal.engine.tree.ReadableTree;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Prepares moves and ends of sessions. When a session ends, its ephemerals need no records of their own, because an
 * ephemeral whose owner is closing counts as gone. Their parents need records, because they lose children.
 */
final class SessionPreparer
{
    private final Surroundings with;
    private final SessionMoves moves;
    private final MutableDirectBuffer path = new ExpandableArrayBuffer(1024);

    SessionPreparer(final Surroundings surroundings)
    {
        with = surroundings;
        moves = new SessionMoves(surroundings.changes.sessions());
    }

    /** See {@link SessionMoves#hasLeft}. */
    boolean hasLeft(final Session session, final long server, final long attachNumber)
    {
        return moves.hasLeft(session, server, attachNumber);
    }

    void move(final Session session, final long server)
    {
        with.txn.moveSession(moves.prepare(session, server));
    }

    void rollbackMove(final Session session)
    {
        moves.rollback(session);
    }

    /**
     * Prepares the end of a session and marks it as closing. If the transaction cannot be proposed, the caller removes
     * the mark.
     */
    void close(final Session session, final boolean expired)
    {
        with.txn.closeSession(expired);
        if (!session.isClosing())
        {
            adoptOrphans(session.id());
            session.closing();
        }
    }

    private void adoptOrphans(final long sessionId)
    {
        final ReadableTree tree = with.tree;
        long node = tree.owned().firstOfSession(sessionId);
        while (node != ReadableTree.NONE)
        {
            final long parent = tree.parent(node);
            int leaving = 0;
            while (node != ReadableTree.NONE && tree.parent(node) == parent)
            {
                leaving += isOnlyInTree(node) ? 1 : 0;
                node = tree.owned().next(node);
            }
            takeChildren(parent, leaving);
        }

        with.changes.forEachEphemeralOf(sessionId, this::onOutstandingEphemeral);
    }

    /**
     * Whether an ephemeral has no record of its own. {@link #onOutstandingEphemeral} counts one that has a record, and
     * only if it will exist.
     */
    private boolean isOnlyInTree(final long node)
    {
        if (with.changes.size() == 0)
        {
            return true;
        }

        final int length = with.tree.copyPath(node, path, 0);

        return !with.changes.hasRecord(path, 0, length);
    }

    private void takeChildren(final long parent, final int count)
    {
        if (count > 0)
        {
            final int length = with.tree.copyPath(parent, path, 0);
            with.changes.change(path, 0, length).state.childCount -= count;
        }
    }

    private void onOutstandingEphemeral(final Change change)
    {
        final int parentLength = PathRules.parentLength(change.path, 0, change.pathLength);
        path.putBytes(0, change.path, 0, parentLength);
        with.changes.change(path, 0, parentLength).state.childCount--;
    }
}
