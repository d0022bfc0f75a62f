/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.MutableDirectBuffer;

/**
 * The door to clients: frames come in through {@link #poll} and go out through {@link #claim} and {@link #commit}.
 * <p>
 * The port cuts length-prefixed frames out of the byte stream and decodes nothing else. It owns sockets, their buffers
 * and the limits on them. The engine learns of a connection with its first whole frame. Until then the port alone
 * judges it (handshake time-out, connections per address).
 */
public interface ClientPort
{
    /**
     * Answer of {@link #claim}: the connection is gone, or its bound on unsent bytes was exceeded and it is
     * closing.
     */
    int CLOSED = -1;

    /** Bit of {@link #interestOps}: the port waits for what the client sends. */
    int TO_READ = 1;

    /** Bit of {@link #interestOps}: the port waits until the client accepts more of the bytes to be sent to it. */
    int TO_WRITE = 4;

    /**
     * Delivers what clients sent, then returns. Both the part delivered for each connection and the total are bounded.
     * Every connection gets its turn before any gets a second one: a poll that ends because of its bounds, or because
     * the {@link ClientHandler#takesMore handler takes no more}, is continued by the next poll at the same place.
     *
     * @param handler receives connections, frames and ends of connections; for each connection in order.
     * @return amount of work done, 0 when there was none.
     */
    int poll(ClientHandler handler);

    /**
     * Claims room for one outgoing frame, including its four-byte length prefix. The caller writes exactly
     * {@code length} bytes at the returned offset of {@link #claimed()} and then calls {@link #commit()}; no other
     * method of the port may be called in between. Frames of a connection leave in the order of their commits.
     *
     * @param connectionId the connection, as named by {@link ClientHandler#onConnect}.
     * @param length       whole length of the frame in bytes, 1 to 2^30.
     * @return offset within {@link #claimed()}, or {@link #CLOSED}: the caller drops the frame, and
     *         {@link ClientHandler#onDisconnect} follows, if it has not come already.
     */
    int claim(long connectionId, int length);

    /**
     * Length of the longest frame for which {@link #claim} can ever find room. It serves callers that know the length
     * of a frame before they have gathered its contents. A claim for a longer frame closes the connection.
     *
     * @return whole length of a frame in bytes, at most 2^30.
     */
    int claimLengthMax();

    /**
     * The buffer that holds the claimed room. Valid until {@link #commit()}.
     *
     * @return the buffer of the claim under way.
     */
    MutableDirectBuffer claimed();

    /** Ends the claim under way. The frame is sent when the duty cycle ends, at the latest. */
    void commit();

    /**
     * Offers frames of a connection again, after {@link ClientHandler#onFrame} refused one. Has no effect on a
     * connection that is unknown or has no refused frame.
     *
     * @param connectionId the connection.
     */
    void resume(long connectionId);

    /**
     * Closes a connection once everything committed before was sent, or could not be sent within the port's own bound.
     * No further frame of it is delivered, but a later poll still delivers {@link ClientHandler#onDisconnect}.
     *
     * @param connectionId the connection; an unknown one is ignored.
     */
    void close(long connectionId);

    /**
     * Tells what the port waits for on a connection. This is for operators who look for a stuck connection; it may be
     * slightly out of date.
     *
     * @param connectionId the connection.
     * @return {@link #TO_READ}, {@link #TO_WRITE}, both, or 0 for neither or an unknown connection.
     */
    int interestOps(long connectionId);
}
