/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** Rare events in the life of a session that later explain why it ended. */
public enum SessionFact
{
    /** A connection of this server took the session up. */
    ATTACHED,
    /** The connection of this server that served the session ended. */
    DETACHED,
    /** Another server now holds the session; the value is that server's id. */
    MOVED,
    /** The client asked for the end of the session, or had it ended through another server. */
    ENDED,
    /** The leader found that the session timed out; the value is the id of the server that holds it. */
    EXPIRED,
    /**
     * The client was heard again after a silence of more than half of its time-out; the value is the length of the
     * silence in milliseconds. A healthy client sends a ping after a third of the time-out.
     */
    SILENT,
    /**
     * The session's connection ended, or the session timed out; the value is the number of pings received on the
     * connection.
     */
    PINGS,
    /**
     * The session's connection ended, or the session timed out; the value says for how many milliseconds nothing had
     * been heard on the connection.
     */
    LAST_HEARD
}
