/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/** What a {@link PeerPort} tells the engine. */
public interface PeerHandler
{
    /**
     * Both servers agreed on a new generation. All streams begin empty in both directions.
     *
     * @param serverId   of the other server.
     * @param generation greater than zero and greater than every earlier one with this server.
     */
    void onLinkUp(long serverId, long generation);

    /**
     * A generation ended. What was sent and not delivered is lost, and no message of the generation follows.
     *
     * @param serverId   of the other server.
     * @param generation as given by {@link #onLinkUp}.
     * @param end        why.
     */
    void onLinkDown(long serverId, long generation, LinkEnd end);

    /**
     * One whole message.
     *
     * @param serverId of the sender.
     * @param stream   by which it came.
     * @param buffer   holds the message, valid during the call.
     * @param offset   of the message, a multiple of 8.
     * @param length   of the message in bytes, 1 to {@link PeerPort#messageLengthMax()}.
     * @return true when taken. False when refused for now: the port keeps the message, delivers nothing further of this
     *         stream of this server in this poll, and offers the same message again at the next one.
     */
    boolean onMessage(long serverId, PeerStream stream, DirectBuffer buffer, int offset, int length);
}
