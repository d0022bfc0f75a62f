/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

/** The state of a connection. */
enum ConnectionState
{
    /** No whole frame has arrived yet. The engine does not know the connection. */
    FRESH,
    /** Its first frame was offered to the engine. */
    OPEN,
    /** It sent a four-letter word and waits for the answer. */
    WORD,
    /** It will be closed once everything is sent. Nothing is read. */
    FLUSHING,
    /**
     * Everything is sent and this side has ended its stream. What still arrives is thrown away until the client ends
     * its stream as well.
     */
    DRAINING,
    /** The connection is closed. */
    CLOSED
}
