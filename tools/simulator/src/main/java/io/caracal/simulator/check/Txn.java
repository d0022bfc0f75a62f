/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.List;

/**
 * A transaction, decoded for checkers.
 *
 * @param zxid       its place in the order.
 * @param sessionId  session that asked, 0 for a server.
 * @param timeMs     wall clock of the leader.
 * @param origin     request that it answers.
 * @param kind       what it does as a whole.
 * @param parts      changes of znodes, in order.
 * @param error      code of a refused request, 0 otherwise.
 * @param failedPart of a refused multi.
 * @param partCount  of a multi, refused or not.
 * @param number     time-out of a new session, attach number of a move, 1 for a session that expired, id of a restore.
 */
public record Txn(long zxid, long sessionId, long timeMs, Origin origin, Kind kind, List<Part> parts, int error,
    int failedPart, int partCount, long number)
{
    /** What a transaction does. */
    public enum Kind
    {
        /** Changes znodes, or one. */
        CHANGE,
        /** Changes znodes as a multi. */
        MULTI,
        /** Nothing: a request was refused. */
        ERROR,
        /** Nothing: a multi was refused. */
        MULTI_ERROR,
        /** Begins a session. */
        CREATE_SESSION,
        /** Ends a session. */
        CLOSE_SESSION,
        /** Moves a session to another server. */
        MOVE_SESSION,
        /** Draws the secret of session passwords. */
        SECRET,
        /** A step of a restore without effect on what is served. */
        RESTORE,
        /** A restored tree takes the place of the one before. */
        RESTORED
    }

    /** What a part does. */
    public enum Change
    {
        /** A znode is born. */
        CREATE,
        /** A znode goes. */
        DELETE,
        /** A znode has new data. */
        SET_DATA,
        /** A znode has a new ACL. */
        SET_ACL,
        /** A check held. */
        CHECK
    }

    /**
     * The name of a request.
     *
     * @param server      that holds the connection.
     * @param incarnation of that server.
     * @param sequence    of the request there, 0 when nobody waits.
     */
    public record Origin(long server, long incarnation, long sequence)
    {
    }

    /**
     * One change.
     *
     * @param change  which.
     * @param path    of the znode, empty for a check.
     * @param data    new data, null for none.
     * @param owner   of a new znode: session, or 0.
     * @param version new version of data or ACL, new persisted cversion of the parent of a new znode.
     */
    public record Part(Change change, String path, String data, long owner, int version)
    {
    }

    /** Whether it answers a client's request for a write. */
    boolean isWrite()
    {
        return switch (kind)
        {
            case CHANGE, MULTI, ERROR, MULTI_ERROR -> sessionId != 0;
            case CREATE_SESSION, CLOSE_SESSION, MOVE_SESSION, SECRET, RESTORE, RESTORED -> false;
        };
    }
}
