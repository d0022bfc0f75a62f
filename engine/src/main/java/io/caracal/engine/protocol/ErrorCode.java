/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** Error codes of reply headers. */
public final class ErrorCode
{
    /** Done. */
    public static final int OK = 0;
    /** Something unexpected went wrong in the server. */
    public static final int SYSTEM_ERROR = -1;
    /** Part of a multi after the one that failed. */
    public static final int RUNTIME_INCONSISTENCY = -2;
    /** Reserved. */
    public static final int DATA_INCONSISTENCY = -3;
    /** The connection is lost; set by clients only. */
    public static final int CONNECTION_LOSS = -4;
    /** The body could not be decoded. */
    public static final int MARSHALLING_ERROR = -5;
    /** Unknown opcode, or a feature that is off. */
    public static final int UNIMPLEMENTED = -6;
    /** Set by clients only. */
    public static final int OPERATION_TIMEOUT = -7;
    /** Bad path, flags, time to live or members. */
    public static final int BAD_ARGUMENTS = -8;
    /** The session is not known; used inside the ensemble only. */
    public static final int UNKNOWN_SESSION = -12;
    /** The new members have no quorum. */
    public static final int NEW_CONFIG_NO_QUORUM = -13;
    /** Another change of members is under way. */
    public static final int RECONFIG_IN_PROGRESS = -14;
    /** No such znode. */
    public static final int NO_NODE = -101;
    /** Refused by the ACL. */
    public static final int NO_AUTH = -102;
    /** The znode has another version. */
    public static final int BAD_VERSION = -103;
    /** The parent is an ephemeral. */
    public static final int NO_CHILDREN_FOR_EPHEMERALS = -108;
    /** The znode exists already. */
    public static final int NODE_EXISTS = -110;
    /** The znode has children. */
    public static final int NOT_EMPTY = -111;
    /** The session is unknown, expired or closing. */
    public static final int SESSION_EXPIRED = -112;
    /** Set by clients only. */
    public static final int INVALID_CALLBACK = -113;
    /** The ACL is empty, of an unknown scheme, or has an invalid id. */
    public static final int INVALID_ACL = -114;
    /** Credentials refused. */
    public static final int AUTH_FAILED = -115;
    /** The session lives on another connection; never sent. */
    public static final int SESSION_MOVED = -118;
    /** A write on a server that is read-only. */
    public static final int NOT_READ_ONLY = -119;
    /** An ephemeral on a local session. */
    public static final int EPHEMERAL_ON_LOCAL_SESSION = -120;
    /** No such watch. */
    public static final int NO_WATCHER = -121;
    /** Set by clients only. */
    public static final int REQUEST_TIMEOUT = -122;
    /** Changing members is switched off. */
    public static final int RECONFIG_DISABLED = -123;
    /** An identity that the server demands is missing. */
    public static final int SESSION_CLOSED_REQUIRE_AUTH = -124;
    /** A hard quota would be exceeded. */
    public static final int QUOTA_EXCEEDED = -125;
    /** The request waited too long. */
    public static final int THROTTLED_OP = -127;

    private ErrorCode()
    {
    }

    /**
     * Describes an error code to people in one sentence.
     *
     * @param code any value.
     * @return a constant; for an unknown code, one that says so.
     */
    public static String describe(final int code)
    {
        return code > UNKNOWN_SESSION ? describeSystem(code) : describeApi(code);
    }

    private static String describeSystem(final int code)
    {
        return switch (code)
        {
            case OK -> "The request was carried out.";
            case SYSTEM_ERROR -> "The server met an unexpected error.";
            case RUNTIME_INCONSISTENCY -> "An earlier part of the same multi failed.";
            case DATA_INCONSISTENCY -> "The data contradict themselves.";
            case CONNECTION_LOSS -> "The connection to the server was lost.";
            case MARSHALLING_ERROR -> "The request could not be decoded.";
            case UNIMPLEMENTED -> "The server does not support this request.";
            case OPERATION_TIMEOUT -> "The request took too long.";
            case BAD_ARGUMENTS -> "An argument of the request is not valid.";
            default -> "The code is unknown.";
        };
    }

    private static String describeApi(final int code)
    {
        return switch (code)
        {
            case UNKNOWN_SESSION -> "The session is not known.";
            case NEW_CONFIG_NO_QUORUM -> "No quorum of the new members is connected and synchronized.";
            case RECONFIG_IN_PROGRESS -> "Another change of members is under way.";
            case NO_NODE -> "The znode does not exist.";
            case NO_AUTH -> "The ACL does not permit this request.";
            case BAD_VERSION -> "The znode has another version than the expected one.";
            case NO_CHILDREN_FOR_EPHEMERALS -> "An ephemeral znode cannot have children.";
            case NODE_EXISTS -> "The znode exists already.";
            case NOT_EMPTY -> "The znode has children.";
            case SESSION_EXPIRED -> "The session has expired.";
            case INVALID_CALLBACK -> "The callback is not valid.";
            case INVALID_ACL -> "The ACL is not valid.";
            case AUTH_FAILED -> "The credentials were refused.";
            case SESSION_MOVED -> "The session has moved to another connection.";
            case NOT_READ_ONLY -> "The server is read-only.";
            case EPHEMERAL_ON_LOCAL_SESSION -> "A local session cannot own ephemeral znodes.";
            case NO_WATCHER -> "There is no such watch.";
            case REQUEST_TIMEOUT -> "The client gave up waiting.";
            case RECONFIG_DISABLED -> "Changing members is switched off.";
            case SESSION_CLOSED_REQUIRE_AUTH -> "The server demands an authentication that is missing.";
            case QUOTA_EXCEEDED -> "The request would exceed a quota.";
            case THROTTLED_OP -> "The request waited too long and was not carried out.";
            default -> "The code is unknown.";
        };
    }
}
