/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/** What a {@link ClientPort} tells the engine. */
public interface ClientHandler
{
    /**
     * A connection delivers its first frame. Called just before that frame.
     *
     * @param connectionId positive, never used twice by one process.
     * @param address      holds the remote address, 4 bytes (IPv4) or 16 bytes (IPv6), valid during the call.
     * @param offset       of the address.
     * @param length       of the address: 4 or 16.
     * @param port         remote port.
     */
    void onConnect(long connectionId, DirectBuffer address, int offset, int length, int port);

    /**
     * One whole frame without its length prefix.
     *
     * @param connectionId of the sender.
     * @param buffer       holds the frame, valid during the call.
     * @param offset       of the first byte after the length prefix.
     * @param length       of the frame, zero or more, at most the port's frame limit.
     * @param arrivalNs    monotonic time at which the bytes were read from the socket.
     * @return true: taken. False: refused for now; the port keeps it, delivers nothing of this connection, stops
     *         reading from it when its receive bound is reached, and offers the same frame again after
     *         {@link ClientPort#resume}.
     */
    boolean onFrame(long connectionId, DirectBuffer buffer, int offset, int length, long arrivalNs);

    /**
     * Whether this poll goes on. To be asked before each connection is served; it is false once the duty cycle has done
     * enough for clients. Then the poll ends, what has arrived stays where it is, and the next poll goes on with the
     * connection that would have been next.
     *
     * @return true: frames of one more connection may be delivered, a bite of them if there are many.
     */
    default boolean takesMore()
    {
        return true;
    }

    /**
     * Shows the bytes of a connection that has sent more than one frame, before these frames are delivered one by one,
     * so that the engine can look ahead. The call must have no effect on what the engine does, and the port may leave
     * it out.
     *
     * @param buffer holds frames, each behind its length in four bytes, most significant first. The last one may be
     *               incomplete, and nothing of them was checked. Valid during the call.
     * @param offset of the first length.
     * @param limit  end of what has arrived.
     * @return up to where the bytes were looked at; if that is before the limit, it is worth calling again from there
     *         on.
     */
    default int lookAhead(final DirectBuffer buffer, final int offset, final int limit)
    {
        return limit;
    }

    /**
     * A connection is gone, whoever ended it. The last call for this id.
     *
     * @param connectionId the connection.
     */
    void onDisconnect(long connectionId);
}
