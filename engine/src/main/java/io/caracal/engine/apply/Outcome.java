/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.session.Session;
import io.caracal.engine.tree.DataTree;
import org.agrona.DirectBuffer;

/**
 * The outcome of applying a transaction: everything needed to answer the request behind it. There is one instance; the
 * next transaction overwrites it.
 */
public final class Outcome
{
    /** Value of {@link #digestZxid} when the leader keeps no digest. */
    public static final long NO_DIGEST = -1;

    final MultiResult multiResult = new MultiResult();
    long zxid;
    long originServer;
    long originIncarnation;
    long originSequence;
    int errorCode;
    long node;
    DirectBuffer path;
    int pathOffset;
    int pathLength;
    long sessionId;
    long digestZxid;
    long digest;
    Session createdSession;
    Session closedSession;
    Session movedSession;

    void begin(final long newZxid)
    {
        zxid = newZxid;
        errorCode = 0;
        node = DataTree.NONE;
        multiResult.reset();
        createdSession = null;
        closedSession = null;
        movedSession = null;
    }

    /**
     * The transaction that was applied.
     *
     * @return its zxid.
     */
    public long zxid()
    {
        return zxid;
    }

    /**
     * Server that holds the connection of the client that made the request.
     *
     * @return server id.
     */
    public long originServer()
    {
        return originServer;
    }

    /**
     * Incarnation (start counter) of that server.
     *
     * @return incarnation.
     */
    public long originIncarnation()
    {
        return originIncarnation;
    }

    /**
     * Sequence number of the request at that server.
     *
     * @return sequence, 0 when nobody waits for an answer.
     */
    public long originSequence()
    {
        return originSequence;
    }

    /**
     * Error that the transaction contains.
     *
     * @return 0 when it took effect.
     */
    public int errorCode()
    {
        return errorCode;
    }

    /**
     * The znode that was created or changed.
     *
     * @return reference, {@link DataTree#NONE} when there is none.
     */
    public long node()
    {
        return node;
    }

    /**
     * Buffer that holds the path of the znode.
     *
     * @return a buffer, valid as long as the bytes of the transaction.
     */
    public DirectBuffer path()
    {
        return path;
    }

    /**
     * Where the path begins.
     *
     * @return offset.
     */
    public int pathOffset()
    {
        return pathOffset;
    }

    /**
     * Length of the path.
     *
     * @return bytes.
     */
    public int pathLength()
    {
        return pathLength;
    }

    /**
     * Session that made the request, or that the transaction is about.
     *
     * @return id, 0 for the server itself.
     */
    public long sessionId()
    {
        return sessionId;
    }

    /**
     * Zxid at which the leader's tree had {@link #digest()}.
     *
     * @return {@link #NO_DIGEST} when the leader keeps none.
     */
    public long digestZxid()
    {
        return digestZxid;
    }

    /**
     * Digest of the leader's tree, which travels with every transaction.
     *
     * @return digest.
     */
    public long digest()
    {
        return digest;
    }

    /**
     * Session that began.
     *
     * @return null when none did.
     */
    public Session createdSession()
    {
        return createdSession;
    }

    /**
     * Session that ended.
     *
     * @return null when none did.
     */
    public Session closedSession()
    {
        return closedSession;
    }

    /**
     * Session that moved to another connection, usually one of another server.
     *
     * @return null when none moved.
     */
    public Session movedSession()
    {
        return movedSession;
    }

    /**
     * Results of the parts of a multi.
     *
     * @return results; meaningless when the transaction is not a multi.
     */
    public MultiResult multiResult()
    {
        return multiResult;
    }
}
