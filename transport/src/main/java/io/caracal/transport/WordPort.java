/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import org.agrona.DirectBuffer;

/** Takes the answers to four-letter words. Thread-safe; no call blocks. */
public interface WordPort
{
    /** The piece was copied and will be sent. */
    int ACCEPTED = 0;

    /**
     * Nothing was taken, because the reader is behind by more than the bound on an answer: try the same again later.
     */
    int BEHIND = 1;

    /** Nothing was taken, and nothing ever will: the connection is gone or its answer was finished. */
    int GONE = 2;

    /**
     * Hands over a piece of an answer. Pieces of one connection leave in the order in which they were accepted.
     *
     * @param connectionId as given to {@link WordHandler#onWord}.
     * @param buffer       holds the piece; copied before the call returns.
     * @param offset       of the piece.
     * @param length       of the piece in bytes, zero or more. A piece is accepted whole whenever less than the bound
     *                     of the answer is unsent.
     * @return {@link #ACCEPTED}, {@link #BEHIND} or {@link #GONE}.
     */
    int answer(long connectionId, DirectBuffer buffer, int offset, int length);

    /**
     * The answer is complete: the connection is closed when all pieces were sent. Without effect on a connection that
     * is gone.
     *
     * @param connectionId as given to {@link WordHandler#onWord}.
     */
    void finish(long connectionId);
}
