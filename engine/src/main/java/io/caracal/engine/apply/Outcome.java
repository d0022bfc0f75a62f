/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.session.Session;
import io.caracal.engine.tree.DataTree;
import org.agrona.DirectBuffer;

/**
 * What came of applying a transaction: all that is needed to answer the request behind it. There is one instance; the
 * next transaction overwrites it.
 */
public final class Outcome
{
    /** Stands for the zxid of a digest that is not kept. */
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
    boolean isReplaced;

    void begin(final long newZxid)
    {
        zxid = newZxid;
        errorCode = 0;
        node = DataTree.NONE;
        multiResult.reset();
        createdSession = null;
        closedSession = null;
        movedSession = null;
        isReplaced = false;
    }

    /**
     * Transaction.
     *
     * @return its zxid.
     */
    public long zxid()
    {
        return zxid;
    }

    /**
     * Server that holds the connection of whoever asked.
     *
     * @return server id.
     */
    public long originServer()
    {
        return originServer;
    }

    /**
     * Start counter of that server.
     *
     * @return incarnation.
     */
    public long originIncarnation()
    {
        return originIncarnation;
    }

    /**
     * Request at that server.
     *
     * @return sequence, 0 when nobody waits.
     */
    public long originSequence()
    {
        return originSequence;
    }

    /**
     * Error that the transaction bears.
     *
     * @return 0 when it took effect.
     */
    public int errorCode()
    {
        return errorCode;
    }

    /**
     * Znode created or changed.
     *
     * @return reference, {@link DataTree#NONE} when there is none.
     */
    public long node()
    {
        return node;
    }

    /**
     * Where the path of that znode lies.
     *
     * @return a buffer, valid until the transaction's bytes are gone.
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
     * Session that asked, or that the transaction is about.
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
     * Session that is held by another connection from now on, mostly one of another server.
     *
     * @return null when none moved.
     */
    public Session movedSession()
    {
        return movedSession;
    }

    /**
     * Whether a restored tree took the place of the one before.
     *
     * @return true when nothing of before is left, sessions included.
     */
    public boolean isReplaced()
    {
        return isReplaced;
    }

    /**
     * Results of the parts of a multi.
     *
     * @return meaningless where the transaction is not that of a multi.
     */
    public MultiResult multiResult()
    {
        return multiResult;
    }
}
