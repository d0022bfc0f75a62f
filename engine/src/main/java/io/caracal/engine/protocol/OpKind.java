/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** How a request travels through the server. */
public enum OpKind
{
    /** Answered from the tree of the connected server; uses up no zxid. */
    READ,
    /** Becomes a transaction, or an error transaction; uses up a zxid. */
    WRITE,
    /** Waits for what was proposed before it. */
    SYNC,
    /** Concerns the connection or session alone: ping, auth, sasl, the end of the session. */
    SESSION,
    /** Legal only as a part of a multi. */
    PART,
    /** Made by servers, never taken from a client. */
    INTERNAL,
    /** No such opcode. */
    UNKNOWN
}
