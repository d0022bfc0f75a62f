/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/** What a {@link ClientPort} tells the engine. */
public interface ClientHandler
{
    /**
     * A connection is about to deliver its first frame. Called just before that frame.
     *
     * @param connectionId positive, never used twice by one process.
     * @param address      holds the remote address, 4 bytes (IPv4) or 16 bytes (IPv6), valid during the call.
     * @param offset       of the address.
     * @param length       of the address: 4 or 16.
     * @param port         remote port.
     */
    void onConnect(long connectionId, DirectBuffer address, int offset, int length, int port);

    /**
     * One whole frame, without its length prefix.
     *
     * @param connectionId of the sender.
     * @param buffer       holds the frame, valid during the call.
     * @param offset       of the first byte after the length prefix.
     * @param length       of the frame, zero or more, at most the port's frame limit.
     * @param arrivalNs    monotonic time at which the bytes were read from the socket.
     * @return true when taken. False when refused for now: the port keeps the frame, delivers nothing more of this
     *         connection, stops reading from it when its receive bound is reached, and offers the same frame again
     *         after {@link ClientPort#resume}.
     */
    boolean onFrame(long connectionId, DirectBuffer buffer, int offset, int length, long arrivalNs);

    /**
     * Whether this poll goes on. The port asks before it serves each connection. The answer is false once the duty
     * cycle has done enough for clients. Then the poll ends, what has arrived stays where it is, and the next poll goes
     * on with the connection that would have been next.
     *
     * @return true when frames of one more connection may be delivered; of many frames, a bounded part.
     */
    default boolean takesMore()
    {
        return true;
    }

    /**
     * Shows the bytes of a connection that has sent more than one frame before these frames are delivered one by one,
     * so that the engine can look ahead. The call must not affect what the engine does, and the port may omit it.
     *
     * @param buffer holds frames, each preceded by its length as four big-endian bytes. The last frame may be
     *               incomplete, and nothing has been checked. Valid during the call.
     * @param offset of the first length.
     * @param limit  end of what has arrived.
     * @return the position up to which the bytes were looked at; if it is before the limit, it is worth calling again
     *         from there.
     */
    default int lookAhead(final DirectBuffer buffer, final int offset, final int limit)
    {
        return limit;
    }

    /**
     * A connection is gone, whoever ended it. This is the last call for its id.
     *
     * @param connectionId the connection.
     */
    void onDisconnect(long connectionId);
}
