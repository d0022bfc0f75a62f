/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.MutableDirectBuffer;

/**
 * The door to the other servers of the ensemble.
 * <p>
 * The port links this server with every other one by itself, and links them again after each loss. When two servers
 * link, they agree on a generation: a set of streams that begin empty, lose nothing and keep their order while the
 * generation lasts, and end together. The port decides nothing else. It never ends a generation because of silence: the
 * engine finds out by heartbeats that a server hangs. It ends one only when the other process has ended or when a
 * stream can no longer be whole.
 */
public interface PeerPort
{
    /** Answer of {@link #claim}: no room at the moment. The caller keeps the message and tries again later. */
    int BACK_PRESSURED = -1;

    /**
     * Answer of {@link #claim}: there is no link. {@link PeerHandler#onLinkDown} follows, if it has not come already.
     */
    int CLOSED = -2;

    /**
     * Delivers links that came up or ended, then messages. The live streams of all servers come first, until they are
     * empty or a generous limit is reached; then follows a bounded part of requests and bulk.
     *
     * @param handler receives them.
     * @return amount of work done, 0 when there was none.
     */
    int poll(PeerHandler handler);

    /**
     * Whether the last {@link #poll} delivered everything that had arrived on the live streams. Only then may a server
     * be judged by its silence.
     *
     * @return false when the limit was reached or a message was refused.
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
     * @return offset within {@link #claimed()}, a multiple of 8; or {@link #BACK_PRESSURED} or {@link #CLOSED}.
     */
    int claim(long serverId, PeerStream stream, int length);

    /**
     * The buffer that holds the claimed room. Valid until {@link #commit()}.
     *
     * @return the buffer of the claim under way.
     */
    MutableDirectBuffer claimed();

    /** Ends the claim under way. The message leaves when the duty cycle ends, at the latest. */
    void commit();

    /**
     * Length of the longest message of any stream.
     *
     * @return bytes, at least twice the longest request of a client.
     */
    int messageLengthMax();

    /**
     * Ends the present generation of a link, if there is one. The other server learns of it, and both will agree on a
     * new one. A later poll still delivers {@link PeerHandler#onLinkDown}, but nothing else of that generation.
     *
     * @param serverId of the other server.
     */
    void close(long serverId);
}
