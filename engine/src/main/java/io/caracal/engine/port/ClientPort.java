/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.MutableDirectBuffer;

/**
 * The door to clients: frames come in through {@link #poll}, frames go out through {@link #claim} and {@link
 * #commit}.
 * <p>
 * The port cuts length-prefixed frames out of the byte stream and decodes nothing else. It owns sockets, their buffers
 * and the limits on them. A connection becomes known to the engine with its first whole frame; before that the port
 * alone judges it (handshake time-out, connections per address).
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

    /** Bit of {@link #interestOps}: the port waits until the client takes more of what is to be sent to it. */
    int TO_WRITE = 4;

    /**
     * Delivers what clients sent, a bounded part for each connection and for all of them together, then returns. All
     * connections have their turn before one has its next: where a poll ends, because of its bounds or since the
     * {@link ClientHandler#takesMore handler takes no more}, the next one goes on.
     *
     * @param handler receives connections, frames and ends of connections, in the order of each connection.
     * @return amount of work done, 0 when there was none.
     */
    int poll(ClientHandler handler);

    /**
     * Claims room for one outgoing frame, its four-byte length prefix included. The caller writes exactly
     * {@code length} bytes at the returned offset of {@link #claimed()} and then calls {@link #commit()}; no other
     * method of the port may be called in between. Frames of a connection leave in the order of their commits.
     *
     * @param connectionId the connection, as named by {@link ClientHandler#onConnect}.
     * @param length       whole length of the frame in bytes, 1 to 2^30.
     * @return offset within {@link #claimed()}, or {@link #CLOSED}: the frame is to be forgotten, and
     *         {@link ClientHandler#onDisconnect} follows (or came already).
     */
    int claim(long connectionId, int length);

    /**
     * The longest frame that {@link #claim} ever finds room for, for who can tell the length of a frame before he has
     * gathered what it is to hold. The connection of a longer one is closed.
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

    /** Ends the claim under way: the frame will be sent at the latest when the duty cycle ends. */
    void commit();

    /**
     * Offers frames of a connection again, after {@link ClientHandler#onFrame} had refused one. Without effect on a
     * connection that is not refused or not known.
     *
     * @param connectionId the connection.
     */
    void resume(long connectionId);

    /**
     * Closes a connection after everything committed before was sent, or could not be sent within the port's own bound.
     * No further frame of it is delivered; {@link ClientHandler#onDisconnect} is still delivered by a later poll.
     *
     * @param connectionId the connection; unknown ones are ignored.
     */
    void close(long connectionId);

    /**
     * What the port waits for at a connection, for people who look for one that is stuck. May be a moment old.
     *
     * @param connectionId the connection.
     * @return {@link #TO_READ}, {@link #TO_WRITE}, both, or 0: neither, or no such connection.
     */
    int interestOps(long connectionId);
}
