/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** Opcodes of requests, with their names and kinds. */
public final class OpCode
{
    /** A step of a restore that a learner hands to its leader; internal. As a client's request, it is unknown. */
    public static final int RESTORE = -12;
    /** Ends a session. */
    public static final int CLOSE_SESSION = -11;
    /** Begins a session; internal. */
    public static final int CREATE_SESSION = -10;
    /** Result of a failed operation inside a multi reply. As a request, it is unknown. */
    public static final int ERROR = -1;
    /** Never a request. */
    public static final int NOTIFICATION = 0;
    /** Creates a znode; returns its path. */
    public static final int CREATE = 1;
    /** Deletes a znode. */
    public static final int DELETE = 2;
    /** Returns the stat of a znode. */
    public static final int EXISTS = 3;
    /** Returns data and stat. */
    public static final int GET_DATA = 4;
    /** Replaces data. */
    public static final int SET_DATA = 5;
    /** Returns the ACL. */
    public static final int GET_ACL = 6;
    /** Replaces the ACL. */
    public static final int SET_ACL = 7;
    /** Lists children. */
    public static final int GET_CHILDREN = 8;
    /** Waits for everything that was proposed before it. */
    public static final int SYNC = 9;
    /** Sign of life. */
    public static final int PING = 11;
    /** Lists children and returns the stat. */
    public static final int GET_CHILDREN2 = 12;
    /** Tests a version; only inside a multi. */
    public static final int CHECK = 13;
    /** Several writes as one transaction. */
    public static final int MULTI = 14;
    /** Creates a znode; returns path and stat. */
    public static final int CREATE2 = 15;
    /** Changes the members of the ensemble. */
    public static final int RECONFIG = 16;
    /** Asks whether a watch is set. */
    public static final int CHECK_WATCHES = 17;
    /** Removes watches. */
    public static final int REMOVE_WATCHES = 18;
    /** Creates a container. */
    public static final int CREATE_CONTAINER = 19;
    /** Reaps a container; internal. */
    public static final int DELETE_CONTAINER = 20;
    /** Creates a znode with a time to live. */
    public static final int CREATE_TTL = 21;
    /** Several reads of the same state. */
    public static final int MULTI_READ = 22;
    /** Adds an identity to the connection. */
    public static final int AUTH = 100;
    /** Sets watches again after a reconnect. */
    public static final int SET_WATCHES = 101;
    /** One step of a SASL exchange. */
    public static final int SASL = 102;
    /** Lists ephemerals of the client's own session. */
    public static final int GET_EPHEMERALS = 103;
    /** Counts descendants. */
    public static final int GET_ALL_CHILDREN_NUMBER = 104;
    /** As {@link #SET_WATCHES}, including persistent watches. */
    public static final int SET_WATCHES2 = 105;
    /** Sets a persistent watch. */
    public static final int ADD_WATCH = 106;
    /** Lists the identities of the connection. */
    public static final int WHO_AM_I = 107;

    private static final int MIN = CLOSE_SESSION;
    private static final int MAX = WHO_AM_I;
    private static final String UNKNOWN_NAME = "unknown";

    private static final String[] NAMES = new String[MAX - MIN + 1];
    private static final OpKind[] KINDS = new OpKind[MAX - MIN + 1];

    static
    {
        for (int i = 0; i < KINDS.length; i++)
        {
            define(MIN + i, OpKind.UNKNOWN, UNKNOWN_NAME);
        }

        define(CLOSE_SESSION, OpKind.SESSION, "closeSession");
        define(CREATE_SESSION, OpKind.INTERNAL, "createSession");
        define(NOTIFICATION, OpKind.INTERNAL, "notification");
        define(CREATE, OpKind.WRITE, "create");
        define(DELETE, OpKind.WRITE, "delete");
        define(EXISTS, OpKind.READ, "exists");
        define(GET_DATA, OpKind.READ, "getData");
        define(SET_DATA, OpKind.WRITE, "setData");
        define(GET_ACL, OpKind.READ, "getACL");
        define(SET_ACL, OpKind.WRITE, "setACL");
        define(GET_CHILDREN, OpKind.READ, "getChildren");
        define(SYNC, OpKind.SYNC, "sync");
        define(PING, OpKind.SESSION, "ping");
        define(GET_CHILDREN2, OpKind.READ, "getChildren2");
        define(CHECK, OpKind.PART, "check");
        define(MULTI, OpKind.WRITE, "multi");
        define(CREATE2, OpKind.WRITE, "create2");
        define(RECONFIG, OpKind.WRITE, "reconfig");
        define(CHECK_WATCHES, OpKind.READ, "checkWatches");
        define(REMOVE_WATCHES, OpKind.READ, "removeWatches");
        define(CREATE_CONTAINER, OpKind.WRITE, "createContainer");
        define(DELETE_CONTAINER, OpKind.INTERNAL, "deleteContainer");
        define(CREATE_TTL, OpKind.WRITE, "createTTL");
        define(MULTI_READ, OpKind.READ, "multiRead");
        define(AUTH, OpKind.SESSION, "auth");
        define(SET_WATCHES, OpKind.READ, "setWatches");
        define(SASL, OpKind.SESSION, "sasl");
        define(GET_EPHEMERALS, OpKind.READ, "getEphemerals");
        define(GET_ALL_CHILDREN_NUMBER, OpKind.READ, "getAllChildrenNumber");
        define(SET_WATCHES2, OpKind.READ, "setWatches2");
        define(ADD_WATCH, OpKind.READ, "addWatch");
        define(WHO_AM_I, OpKind.READ, "whoAmI");
    }

    private OpCode()
    {
    }

    private static void define(final int opCode, final OpKind kind, final String name)
    {
        KINDS[opCode - MIN] = kind;
        NAMES[opCode - MIN] = name;
    }

    /**
     * The way a request travels through the server.
     *
     * @param opCode any value.
     * @return {@link OpKind#UNKNOWN} for a value that is not an opcode.
     */
    public static OpKind kind(final int opCode)
    {
        return isInTable(opCode) ? KINDS[opCode - MIN] : OpKind.UNKNOWN;
    }

    /**
     * Name as in the protocol's documentation.
     *
     * @param opCode any value.
     * @return a constant, such as {@code getData}.
     */
    public static String name(final int opCode)
    {
        return isInTable(opCode) ? NAMES[opCode - MIN] : UNKNOWN_NAME;
    }

    private static boolean isInTable(final int opCode)
    {
        return opCode >= MIN && opCode <= MAX;
    }
}
