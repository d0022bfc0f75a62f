/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.Arrays;
import java.util.Locale;

/** The client operations, with their opcodes and the short names by which ZooKeeper's tools know them. */
public enum Operation
{
    /** Closes a session. */
    CLOSE_SESSION(-11, "CLOS"),
    /** Creates a session. */
    CREATE_SESSION(-10, "SESS"),
    /** Creates a znode. */
    CREATE(1, "CREA"),
    /** Deletes a znode. */
    DELETE(2, "DELE"),
    /** Asks whether a znode exists. */
    EXISTS(3, "EXIS"),
    /** Reads a znode's data. */
    GET_DATA(4, "GETD"),
    /** Writes a znode's data. */
    SET_DATA(5, "SETD"),
    /** Reads an ACL. */
    GET_ACL(6, "GETA"),
    /** Writes an ACL. */
    SET_ACL(7, "SETA"),
    /** Lists children. */
    GET_CHILDREN(8, "GETC"),
    /** Waits until the server has caught up with the leader. */
    SYNC(9, "SYNC"),
    /** Keeps the session alive. */
    PING(11, "PING"),
    /** Lists children, with stat. */
    GET_CHILDREN2(12, "GETC"),
    /** Checks a version. */
    CHECK(13, "CHEC"),
    /** Several writes at once. */
    MULTI(14, "MULT"),
    /** Creates a znode, with stat. */
    CREATE2(15, "CREA"),
    /** Changes the ensemble. */
    RECONFIG(16, "RECO"),
    /** Looks for watches. */
    CHECK_WATCHES(17, "CHKW"),
    /** Removes watches. */
    REMOVE_WATCHES(18, "REMW"),
    /** Creates a container. */
    CREATE_CONTAINER(19, "CREA"),
    /** Removes an empty container. */
    DELETE_CONTAINER(20, "DELE"),
    /** Creates a znode with a time to live. */
    CREATE_TTL(21, "CREA"),
    /** Several reads at once. */
    MULTI_READ(22, "MLTR"),
    /** Adds an identity to a connection. */
    AUTH(100, "NA"),
    /** Sets watches again after a reconnect. */
    SET_WATCHES(101, "SETW"),
    /** A step of a SASL exchange. */
    SASL(102, "NA"),
    /** Lists ephemeral znodes. */
    GET_EPHEMERALS(103, "GETE"),
    /** Counts descendants. */
    GET_ALL_CHILDREN_NUMBER(104, "GETACN"),
    /** Sets watches of all kinds again after a reconnect. */
    SET_WATCHES2(105, "STW2"),
    /** Adds a persistent watch. */
    ADD_WATCH(106, "ADDW"),
    /** Lists the identities of a connection. */
    WHO_AM_I(107, "HOMI"),
    /** Anything else. */
    OTHER(0, "NA");

    private static final int LOWEST = -11;
    private static final Operation[] BY_OP_CODE = new Operation[128];

    static
    {
        Arrays.fill(BY_OP_CODE, OTHER);
        for (final Operation operation : values())
        {
            BY_OP_CODE[operation.opCode - LOWEST] = operation;
        }
    }

    private final int opCode;
    private final String letters;

    Operation(final int opCode, final String letters)
    {
        this.opCode = opCode;
        this.letters = letters;
    }

    /**
     * Returns the operation of an opcode.
     *
     * @param opCode any number.
     * @return the operation, {@link #OTHER} for an unknown opcode.
     */
    public static Operation of(final int opCode)
    {
        final int index = opCode - LOWEST;
        return 0 <= index && index < BY_OP_CODE.length ? BY_OP_CODE[index] : OTHER;
    }

    /**
     * Returns the short name that is shown in the line of a connection.
     *
     * @return usually four letters.
     */
    public String letters()
    {
        return letters;
    }

    /**
     * Returns the name for labels.
     *
     * @return lower case with underscores.
     */
    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
