/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** Things that the engine counts. */
public enum Count
{
    /** Frames taken from clients. */
    PACKETS_RECEIVED,
    /** Frames sent to clients, watch events included. */
    PACKETS_SENT,
    /** Handshakes begun. */
    CONNECTION_REQUESTS,
    /** Handshakes refused: wrong password, unknown session, zxid from the future, throttle, no leader. */
    CONNECTIONS_REJECTED,
    /** Handshakes turned away by the connection throttle. */
    CONNECTIONS_THROTTLED,
    /** Sessions that a reconnecting client took up again. */
    SESSIONS_RESUMED,
    /** Sessions expired. */
    SESSIONS_EXPIRED,
    /** Watch events sent, by type. */
    WATCH_NODE_CREATED,
    /** See {@link #WATCH_NODE_CREATED}. */
    WATCH_NODE_DELETED,
    /** See {@link #WATCH_NODE_CREATED}. */
    WATCH_NODE_CHANGED,
    /** See {@link #WATCH_NODE_CREATED}. */
    WATCH_CHILDREN_CHANGED,
    /** Bytes of watch events. */
    WATCH_BYTES,
    /** Transactions proposed. */
    PROPOSALS,
    /** Bytes of transactions proposed, counted one transaction at a time. */
    PROPOSAL_BYTES,
    /** Transactions committed. */
    COMMITS,
    /** Requests refused because a hard quota would be exceeded. */
    QUOTA_EXCEEDED,
    /** Authentications that failed. */
    AUTH_FAILED,
    /** Requests refused because a limit on large requests was reached. */
    LARGE_REQUESTS_REJECTED,
    /** Writes refused because the disk has no room. */
    WRITES_REFUSED_NO_SPACE,
    /** Writes refused because the tree has as much memory as it may take. */
    WRITES_REFUSED_NO_MEMORY,
    /** Snapshots published. */
    SNAPSHOTS,
    /** Snapshots that failed or were given up. */
    SNAPSHOTS_FAILED,
    /** Containers and expired TTL znodes removed. */
    ZNODES_REAPED,
    /** Messages of other servers that are foreign, of another version or truncated: they change nothing. */
    PEER_MESSAGES_PASSED_OVER
}
