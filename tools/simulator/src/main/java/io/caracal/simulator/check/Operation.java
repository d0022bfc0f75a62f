/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayList;
import java.util.List;

/** Something that a client asked, and what it was told. Written by its client, read by checkers. */
public final class Operation
{
    /** Error of the protocol: the znode exists already. */
    public static final int NODE_EXISTS = -110;
    /** Error of the protocol: there is no such znode. */
    public static final int NO_NODE = -101;
    /** Error of the protocol: another version. */
    public static final int BAD_VERSION = -103;
    /** Error of the protocol: ephemerals have no children. */
    public static final int NO_CHILDREN_FOR_EPHEMERALS = -108;
    /** Error of the protocol: the znode has children. */
    public static final int NOT_EMPTY = -111;
    /** Error of the protocol: the session is over. */
    public static final int SESSION_EXPIRED = -112;
    /** Error of the protocol: the server cannot, at the moment for want of disk space. */
    public static final int SYSTEM_ERROR = -1;
    /** Error of the protocol: a part of a multi that was not tried. */
    public static final int RUNTIME_INCONSISTENCY = -2;
    /** Any version will do. */
    public static final int ANY_VERSION = -1;

    /** What is asked. */
    public enum Kind
    {
        /** A new znode. */
        CREATE,
        /** A znode less. */
        DELETE,
        /** New data. */
        SET_DATA,
        /** Part of a multi: the version is as expected. */
        CHECK,
        /** Several at once, or none. */
        MULTI,
        /** Data and Stat. */
        GET_DATA,
        /** Stat. */
        EXISTS,
        /** Names of children. */
        GET_CHILDREN,
        /** A persistent watch. */
        ADD_WATCH,
        /** Watches of an earlier connection. */
        SET_WATCHES,
        /** Catch up with the leader. */
        SYNC,
        /** End the session. */
        CLOSE_SESSION;

        /**
         * Whether it shows the present state of one server.
         *
         * @return true for reads that stand alone.
         */
        public boolean isRead()
        {
            return this == EXISTS || this == GET_DATA || this == GET_CHILDREN;
        }

        /** Whether it takes a place in the order of transactions. */
        boolean isWrite()
        {
            return this == CREATE || this == DELETE || this == SET_DATA || this == MULTI;
        }
    }

    /** What became of it. */
    public enum Outcome
    {
        /** Under way. */
        PENDING,
        /** Answered, possibly with an error. */
        ANSWERED,
        /** The connection was lost before an answer: it may have taken effect, or not, or may still. */
        UNKNOWN
    }

    public final Kind kind;
    public final String path;

    /** Who asks, and the how-manieth thing of theirs it is: rises with each. */
    public final int clientId;
    public final int number;
    public final long sessionId;
    public final long invokedNs;

    public String data;
    public int version = ANY_VERSION;
    public boolean isEphemeral;
    public boolean isSequential;
    public boolean isWatching;

    /** For persistent watches: includes everything below. */
    public boolean isRecursive;
    public final List<Operation> parts = new ArrayList<>();

    /** For a read: the sync that was sent just before it, in the same breath. */
    public Operation sync;

    /** For a read: no answer to a write of its connection was open when it was asked. */
    public boolean isAlone;

    /** For watches that are set again. */
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

    /** Of a multi: error of each part. */
    public final List<Integer> partErrors = new ArrayList<>();

    /** Highest zxid that anybody had been told of as written when this was asked. */
    long floorZxid;

    /**
     * Something that is asked.
     *
     * @param kind      what.
     * @param path      about which znode.
     * @param clientId  who asks.
     * @param number    the how-manieth thing of that client it is.
     * @param sessionId by which session.
     * @param invokedNs when, true time.
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

    boolean isAnswered()
    {
        return outcome == Outcome.ANSWERED;
    }

    @Override
    public String toString()
    {
        return "client " + clientId + " #" + number + " " + kind + " " + path + (parts.isEmpty() ? "" : parts) +
            (data == null ? "" : " " + data) + (version == ANY_VERSION ? "" : " v" + version) + " " + outcome +
            (isAnswered() ? " " + error + " at " + Violation.zxid(zxid) : "");
    }
}
