/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayList;
import java.util.List;

/** An operation that a client sent, with its answer. Written by the client, read by checkers. */
public final class Operation
{
    /** Protocol error: the znode already exists. */
    public static final int NODE_EXISTS = -110;
    /** Protocol error: the znode does not exist. */
    public static final int NO_NODE = -101;
    /** Protocol error: the client may not do this. */
    public static final int NO_AUTH = -102;
    /** Protocol error: the version does not match. */
    public static final int BAD_VERSION = -103;
    /** Protocol error: ephemerals cannot have children. */
    public static final int NO_CHILDREN_FOR_EPHEMERALS = -108;
    /** Protocol error: the znode has children. */
    public static final int NOT_EMPTY = -111;
    /** Protocol error: the session is over. */
    public static final int SESSION_EXPIRED = -112;
    /** Protocol error: an access control list stands for nobody. */
    public static final int INVALID_ACL = -114;
    /** Protocol error: there is no watch of the type. */
    public static final int NO_WATCHER = -121;
    /** Protocol error: a hard limit of a quota forbids the change. */
    public static final int QUOTA_EXCEEDED = -125;
    /** Protocol error: the server cannot serve the request, for the time being, for want of disk space. */
    public static final int SYSTEM_ERROR = -1;
    /** Protocol error: a part of a multi that was not tried. */
    public static final int RUNTIME_INCONSISTENCY = -2;
    /** Matches any version. */
    public static final int ANY_VERSION = -1;

    private static final int START_LENGTH = 20;

    /** The kind of an operation. */
    public enum Kind
    {
        /** Creates a znode. */
        CREATE,
        /** Deletes a znode. */
        DELETE,
        /** Sets new data. */
        SET_DATA,
        /** Sets a new access control list. */
        SET_ACL,
        /** Part of a multi: checks that the version is as expected. */
        CHECK,
        /** Several changes, of which all or none take effect. */
        MULTI,
        /** Reads data and Stat. */
        GET_DATA,
        /** Reads the Stat. */
        EXISTS,
        /** Reads the names of children. */
        GET_CHILDREN,
        /** Reads the access control list and Stat. */
        GET_ACL,
        /** Reads data or children of several znodes in one state. */
        MULTI_READ,
        /** Lists the session's ephemerals whose paths begin with a text. */
        GET_EPHEMERALS,
        /** Adds a persistent watch. */
        ADD_WATCH,
        /** Asks whether the connection has a watch of a type on a znode. */
        CHECK_WATCHES,
        /** Removes the connection's watches of a type on a znode. */
        REMOVE_WATCHES,
        /** Sets the watches of an earlier connection again. */
        SET_WATCHES,
        /** Lets the server catch up with the leader. */
        SYNC,
        /** Ends the session. */
        CLOSE_SESSION;

        /**
         * Whether the operation shows the present state of one server.
         *
         * @return true for reads that stand alone.
         */
        public boolean isRead()
        {
            return this == EXISTS || this == GET_DATA || this == GET_CHILDREN || this == GET_ACL ||
                this == MULTI_READ || this == GET_EPHEMERALS;
        }

        /** Whether the operation takes a place in the order of transactions. */
        boolean isWrite()
        {
            return this == CREATE || this == DELETE || this == SET_DATA || this == SET_ACL || this == MULTI;
        }
    }

    /** The outcome of an operation. */
    public enum Outcome
    {
        /** Under way. */
        PENDING,
        /** Answered, possibly with an error. */
        ANSWERED,
        /**
         * The connection was lost before an answer. The operation may have taken effect, may still take effect, or may
         * never do so.
         */
        UNKNOWN
    }

    public final Kind kind;
    public final String path;

    /** The client that sends the operation. The number below rises with each of its operations. */
    public final int clientId;
    public final int number;
    public final long sessionId;
    public final long invokedNs;

    public String data;
    public int version = ANY_VERSION;
    public boolean isEphemeral;

    /** List of a new znode, or new list of a znode; null for one that permits everything. */
    public Acl acl;

    /** Who the client was to its server when it sent the operation. */
    public Identities who = Identities.NONE;
    public boolean isSequential;
    public boolean isContainer;

    /** For a new znode: its time to live; 0: it lives as long as nobody deletes it. */
    public long ttlMs;
    public boolean isWatching;

    /** For persistent watches: whether the watch covers everything below the path. */
    public boolean isRecursive;

    /** For watches that are asked for or removed: which ones. */
    public WatchSet.Type watchType;
    public final List<Operation> parts = new ArrayList<>();

    /** For a read: the sync that was sent together with it, just before it. */
    public Operation sync;

    /** For a read: whether no write of its connection awaited an answer when the read was sent. */
    public boolean isAlone;

    /** For watches that are set again: which ones. */
    public WatchSet watches;
    public long relativeZxid;

    public Outcome outcome = Outcome.PENDING;
    public long completedNs = Long.MAX_VALUE;
    public long zxid;
    public int error;
    public String resultPath;
    public String resultData;
    public Stat stat;
    public List<String> children = List.of();
    public Acl resultAcl;

    /** For a multi or several reads: the error of each part. */
    public final List<Integer> partErrors = new ArrayList<>();

    /** Highest zxid of a write of which any client had been told when this operation was sent. */
    long floorZxid;

    /**
     * Creates an operation without an answer.
     *
     * @param kind      of the operation.
     * @param path      of the znode that it concerns.
     * @param clientId  of the client that sends it.
     * @param number    of the operation among those of that client.
     * @param sessionId of the session that sends it.
     * @param invokedNs true time at which it is sent.
     */
    public Operation(final Kind kind, final String path, final int clientId, final int number, final long sessionId,
        final long invokedNs)
    {
        this.kind = kind;
        this.path = path;
        this.clientId = clientId;
        this.number = number;
        this.sessionId = sessionId;
        this.invokedNs = invokedNs;
    }

    /**
     * The operation is sent.
     *
     * @param identities that the client has proven on its connection before.
     */
    public void sentBy(final Identities identities)
    {
        who = identities;
        parts.forEach(part -> part.sentBy(identities));
    }

    boolean isAnswered()
    {
        return outcome == Outcome.ANSWERED;
    }

    /** Data may be long, and its start says where it comes from. */
    private static String start(final String data)
    {
        return data.length() <= START_LENGTH ? data : data.substring(0, START_LENGTH) + "... (" + data.length() + ")";
    }

    @Override
    public String toString()
    {
        return "client " + clientId + " #" + number + " " + kind + " " + path + (parts.isEmpty() ? "" : parts) +
            (data == null ? "" : " " + start(data)) + (version == ANY_VERSION ? "" : " v" + version) +
            (acl == null ? "" : " " + acl) + (who.digests().isEmpty() ? "" : " by " + who) + " " + outcome +
            (isAnswered() ? " " + error + " at " + Violation.zxid(zxid) : "");
    }
}
