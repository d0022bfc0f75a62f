/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.MutableDirectBuffer;

/**
 * The door to the other servers of the ensemble.
 * <p>
 * The port links this server with every other one by itself and again after each loss. When two servers link, they
 * agree on a generation: streams that begin empty, that lose nothing and keep their order while it lasts, and that end
 * together. The port decides nothing else. It never ends a generation because of silence, since the engine finds out by
 * heartbeats that a server hangs. It ends one only because the other process has ended, or because a stream can no
 * longer be whole.
 */
public interface PeerPort
{
    /** Answer of {@link #claim}: no room at the moment; the caller keeps the message and tries again later. */
    int BACK_PRESSURED = -1;

    /** Answer of {@link #claim}: there is no link; {@link PeerHandler#onLinkDown} follows or came already. */
    int CLOSED = -2;

    /**
     * Delivers links that came up or ended, then messages: those of the live streams of all servers before any other,
     * until none is left or a generous limit is reached, then a bounded part of requests and bulk.
     *
     * @param handler receives them.
     * @return amount of work done, 0 when there was none.
     */
    int poll(PeerHandler handler);

    /**
     * Whether the last {@link #poll} has delivered all that had come by the live streams. Only then may a server be
     * judged by its silence.
     *
     * @return false when its limit was reached or a message was refused.
     */
    boolean isDrained();

    /**
     * Claims room for one message. The caller writes exactly {@code length} bytes at the returned offset of
     * {@link #claimed()} and then calls {@link #commit()}; no other method of the port may be called in between.
     * Messages of one stream arrive in the order of their commits.
     *
     * @param serverId of the receiver.
     * @param stream   to send by.
     * @param length   of the message in bytes, 1 to {@link #messageLengthMax()}.
     * @return offset within {@link #claimed()}, a multiple of 8, or {@link #BACK_PRESSURED}, or {@link #CLOSED}.
     */
    int claim(long serverId, PeerStream stream, int length);

    /**
     * The buffer that holds the claimed room. Valid until {@link #commit()}.
     *
     * @return the buffer of the claim under way.
     */
    MutableDirectBuffer claimed();

    /** Ends the claim under way: the message leaves at the latest when the duty cycle ends. */
    void commit();

    /**
     * The longest message of any stream.
     *
     * @return bytes, at least twice the longest request of a client.
     */
    int messageLengthMax();

    /**
     * Ends the present generation of a link, if there is one: the other server learns of it, and both will agree on a
     * new one. {@link PeerHandler#onLinkDown} is still delivered by a later poll; nothing else of that generation is.
     *
     * @param serverId of the other server.
     */
    void close(long serverId);
}
