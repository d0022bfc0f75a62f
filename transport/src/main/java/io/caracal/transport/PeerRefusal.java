/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/** Why two servers do not link although they reach each other. */
public enum PeerRefusal
{
    /** The sender is not configured here, or takes this server for another one. */
    UNKNOWN_ID,
    /** The sets of voters differ, so that each server could find a quorum that the other does not know of. */
    OTHER_VOTERS,
    /** Another process with the same server id is alive: two servers were given one id. */
    ID_IN_USE,
    /** Another hello of the same server is being taken, or this server may not link at this moment. */
    BUSY,
    /** The server with the smaller id dialed. */
    WRONG_DIRECTION,
    /** What came is not a hello: another program, another format, or nothing in time. */
    NO_HELLO
}
