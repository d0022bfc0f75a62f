/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

/** Life of a client's connection, as the engine sees it. */
enum ConnectionState
{
    /** Its first frame, the handshake, has not been judged. */
    FRESH,
    /** The transaction that gives it a session is under way; further frames wait. */
    OPENING,
    /** It has a session. */
    OPEN,
    /** It is being closed; what still comes is dropped. */
    CLOSING
}
