/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/** Why two servers do not link, though they reach each other. */
public enum PeerRefusal
{
    /** The sender is not configured here, or takes this server for another one. */
    UNKNOWN_ID,
    /** The sets of voters differ: both could find a quorum that the other one does not know of. */
    OTHER_VOTERS,
    /** Another process with the same server id lives: two servers were given one id. */
    ID_IN_USE,
    /** Too many links are being made at this moment. */
    BUSY,
    /** The server with the smaller id dialed. */
    WRONG_DIRECTION,
    /** What came is no hello: another program, another format, or nothing in time. */
    NO_HELLO
}
