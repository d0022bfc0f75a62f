/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/** Why a connection of a client ended. */
public enum CloseReason
{
    /** The client ended its stream. */
    BY_CLIENT,
    /** The network reported an error: reset by peer and the like. */
    BROKEN,
    /** The engine asked for it. */
    BY_ENGINE,
    /** The engine asked for it, and the client did not take the rest of its frames in time. */
    UNSENT_REST,
    /** More unsent bytes than the outbound bound. */
    SLOW_READER,
    /** No whole first frame within the handshake time-out. */
    HANDSHAKE_TIMEOUT,
    /** A length prefix that is negative or above the frame limit. */
    FRAME_LENGTH,
    /** The bound on buffer memory, or on a queue between threads, was reached while serving this connection. */
    NO_MEMORY,
    /** A word was answered whole. */
    WORD_ANSWERED,
    /** A word was not answered, or its answer not read, within the word time-out. */
    WORD_TIMEOUT,
    /** A telnet client pressed its interrupt key: closed without an answer. */
    TELNET_INTERRUPT,
    /** The gateway was closed. */
    SHUTDOWN
}
