/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

/**
 * What a server says first over a silent link.
 *
 * @param serverId     of the sender.
 * @param receiverId   whom the sender takes the receiver for.
 * @param processId    of the sender.
 * @param voterSetHash of the sender.
 * @param generation   proposed, or agreed in the answer.
 * @param token        that streams to the sender begin with.
 * @param sessionIds   of all streams.
 * @param udpAddress   where streams to the sender go, 0, 4 or 16 bytes; none: to where it dials from.
 * @param udpPort      where streams to the sender go.
 * @param mtuLength    longest UDP payload that the sender's network carries in one piece.
 * @param voters       of the sender, ascending.
 */
@SuppressWarnings("ArrayRecordComponent")
record LinkHello(long serverId, long receiverId, long processId, long voterSetHash, long generation, long token,
    SessionIds sessionIds, byte[] udpAddress, int udpPort, int mtuLength, long[] voters)
{
}
