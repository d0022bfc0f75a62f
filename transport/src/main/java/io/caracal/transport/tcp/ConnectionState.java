/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

/** Where a connection stands. */
enum ConnectionState
{
    /** Nothing whole has arrived yet; unknown to the engine. */
    FRESH,
    /** Its first frame was offered to the engine. */
    OPEN,
    /** It brought a four-letter word and waits for the answer. */
    WORD,
    /** To be closed once everything is sent; nothing is read. */
    FLUSHING,
    /** Everything is sent and the own side ended; what still arrives is thrown away until the client ends as well. */
    DRAINING,
    /** Over. */
    CLOSED
}
