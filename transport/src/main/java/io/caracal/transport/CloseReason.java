/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/** Why a client connection ended. */
public enum CloseReason
{
    /** The client ended its stream. */
    BY_CLIENT,
    /** The network reported an error, for example a reset by the peer. */
    BROKEN,
    /** The engine asked for it. */
    BY_ENGINE,
    /** The engine asked for it, and the client did not take the rest of its frames in time. */
    UNSENT_REST,
    /** More bytes were unsent than the outbound bound allows. */
    SLOW_READER,
    /** No whole first frame arrived within the handshake time-out. */
    HANDSHAKE_TIMEOUT,
    /** The length prefix of a frame was negative or above the frame limit. */
    FRAME_LENGTH,
    /**
     * The bound on buffer memory, or on a queue between threads, was reached while this connection was being served.
     */
    NO_MEMORY,
    /** The answer to a word was sent whole. */
    WORD_ANSWERED,
    /** A word was not answered, or its answer was not read, within the word time-out. */
    WORD_TIMEOUT,
    /** A telnet client pressed its interrupt key: closed without an answer. */
    TELNET_INTERRUPT,
    /** The gateway was closed. */
    SHUTDOWN
}
