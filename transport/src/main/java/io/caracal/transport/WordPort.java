/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import org.agrona.DirectBuffer;

/** Takes the answers to four-letter words. Thread-safe; no call blocks. */
public interface WordPort
{
    /** The piece was copied and will be sent. */
    int ACCEPTED = 0;

    /**
     * Nothing was taken, because too much of the answer is still unsent. Try the same piece again later.
     */
    int BEHIND = 1;

    /** Nothing was taken, and nothing will be: the connection is gone or its answer was finished. */
    int GONE = 2;

    /**
     * Hands over a piece of an answer. The pieces of one connection leave in the order in which they were accepted.
     *
     * @param connectionId as given to {@link WordHandler#onWord}.
     * @param buffer       holds the piece; copied before the call returns.
     * @param offset       of the piece.
     * @param length       of the piece in bytes, zero or more. A piece is accepted whole whenever fewer bytes are
     * unsent than the bound of the answer.
     * @return {@link #ACCEPTED}, {@link #BEHIND} or {@link #GONE}.
     */
    int answer(long connectionId, DirectBuffer buffer, int offset, int length);

    /**
     * Completes the answer. The connection is closed once all pieces are sent. No effect if the connection is gone.
     *
     * @param connectionId as given to {@link WordHandler#onWord}.
     */
    void finish(long connectionId);
}
