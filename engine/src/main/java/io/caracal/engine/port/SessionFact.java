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
    EXPIRED
}
