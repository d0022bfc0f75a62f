/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.List;

/**
 * A transaction, decoded for checkers.
 *
 * @param zxid       place in the order.
 * @param sessionId  of the session that asked, 0 for a server.
 * @param timeMs     by the wall clock of the leader.
 * @param origin     the request that it answers.
 * @param kind       effect as a whole.
 * @param parts      changes of znodes, in order.
 * @param error      code of a refused request, otherwise 0.
 * @param failedPart index of the part at which a multi failed, otherwise -1.
 * @param partCount  number of parts of a multi, refused or not.
 * @param number     time-out of a new session, attach number of a move, 1 for a session that expired, id of a restore.
 */
public record Txn(long zxid, long sessionId, long timeMs, Origin origin, Kind kind, List<Part> parts, int error,
    int failedPart, int partCount, long number)
{
    /** The effect of a transaction. */
    public enum Kind
    {
        /** Changes a znode. */
        CHANGE,
        /** Changes znodes as a multi. */
        MULTI,
        /** Has no effect: a request was refused. */
        ERROR,
        /** Has no effect: a multi was refused. */
        MULTI_ERROR,
        /** Begins a session. */
        CREATE_SESSION,
        /** Ends a session. */
        CLOSE_SESSION,
        /** Moves a session to another server. */
        MOVE_SESSION,
        /** Draws the secret of session passwords. */
        SECRET,
        /** A step of a restore that does not change what is served. */
        RESTORE,
        /** Replaces the tree by a restored one. */
        RESTORED
    }

    /** The effect of a part. */
    public enum Change
    {
        /** Creates a znode. */
        CREATE,
        /** Deletes a znode. */
        DELETE,
        /** Sets the data of a znode. */
        SET_DATA,
        /** Sets the ACL of a znode. */
        SET_ACL,
        /** A check held. */
        CHECK
    }

    /**
     * Identifies a request.
     *
     * @param server      that holds the connection.
     * @param incarnation of that server.
     * @param sequence    number of the request there, 0 when no client waits for the transaction.
     */
    public record Origin(long server, long incarnation, long sequence)
    {
    }

    /**
     * One change of a znode.
     *
     * @param change  the kind of change.
     * @param path    of the znode, empty for a check.
     * @param data    new data, null for none.
     * @param owner   of a new znode, as {@link Owner} reads it.
     * @param version new version of data or ACL, new persisted cversion of the parent of a new znode.
     * @param acl     list of a new znode, or new list of a znode; null for any other change.
     */
    public record Part(Change change, String path, String data, long owner, int version, Acl acl)
    {
        /** A change without a list of its own; a new znode is open to everyone. */
        Part(final Change change, final String path, final String data, final long owner, final int version)
        {
            this(change, path, data, owner, version, change == Change.CREATE ? Acl.OPEN : null);
        }
    }

    /** Whether the transaction answers a client's write request. */
    boolean isWrite()
    {
        return switch (kind)
        {
            case CHANGE, MULTI, ERROR, MULTI_ERROR -> sessionId != 0;
            case CREATE_SESSION, CLOSE_SESSION, MOVE_SESSION, SECRET, RESTORE, RESTORED -> false;
        };
    }
}
