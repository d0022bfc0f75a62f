/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/** What happens to sessions, and explains their end later. All of it is rare. */
public enum SessionFact
{
    /** A connection of this server took it up. */
    ATTACHED,
    /** The connection of this server that served it ended. */
    DETACHED,
    /** It is held by another server from now on; the value is the server id. */
    MOVED,
    /** Its client asked for its end, or had it ended elsewhere. */
    ENDED,
    /** Its time is over, as its leader found; the value is the id of the server that holds it. */
    EXPIRED,
    /**
     * Its client was heard again after a silence that was longer than half of its time-out; the value is its length in
     * milliseconds. A client that is well sends a ping after a third.
     */
    SILENT,
    /** Its connection ended, or its time is over; the value is the number of pings that came on the connection. */
    PINGS,
    /**
     * Its connection ended, or its time is over; the value says for how many milliseconds nothing had been heard on it.
     */
    LAST_HEARD
}
