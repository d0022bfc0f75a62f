/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** The ways a request can travel through the server. */
public enum OpKind
{
    /** Answered from the tree of the connected server; uses no zxid. */
    READ,
    /** Becomes a transaction, or an error transaction; uses a zxid. */
    WRITE,
    /** Waits for everything that was proposed before it. */
    SYNC,
    /** Concerns only the connection or session: ping, auth, sasl, the end of the session. */
    SESSION,
    /** Legal only as a part of a multi. */
    PART,
    /** Made by servers, never taken from a client. */
    INTERNAL,
    /** No such opcode. */
    UNKNOWN
}
