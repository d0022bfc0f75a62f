/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.net.InetSocketAddress;

/**
 * Receives the four-letter words that operators send to the client port. The implementation decides which words are
 * allowed and what they answer.
 */
@FunctionalInterface
public interface WordHandler
{
    /**
     * A word arrived. Called on the thread of the gateway; must not block. The answer may be given at once or later,
     * from any thread, through {@link WordPort}. Every word must be ended by {@link WordPort#finish}.
     *
     * @param connectionId identifies the connection to {@link WordPort}; never the id of a connection with a session.
     * @param word         the four ASCII letters, big-endian: {@code ruok} is 0x72756f6b. Always one of {@link Words}.
     * @param argument     the eight bytes that follow {@code stmk}, big-endian; 0 for every other word.
     * @param remote       who asks.
     */
    void onWord(long connectionId, int word, long argument, InetSocketAddress remote);

    /**
     * Nobody waits for the answer any more: the connection broke or timed out before its answer was sent whole. Called
     * on the thread of the gateway.
     *
     * @param connectionId which connection.
     */
    default void onWordGone(final long connectionId)
    {
    }
}
