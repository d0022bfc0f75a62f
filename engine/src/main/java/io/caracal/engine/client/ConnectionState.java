/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

/** State of a client's connection, as the engine sees it. */
enum ConnectionState
{
    /** Its first frame, the handshake, has not been decided on. */
    FRESH,
    /** The transaction that creates or moves its session is under way; further frames wait. */
    OPENING,
    /** It has a session. */
    OPEN,
    /** It is being closed; frames that still arrive are dropped. */
    CLOSING
}
