/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

/**
 * The first message of a server over a silent link.
 *
 * @param serverId     of the sender.
 * @param receiverId   server id that the sender believes the receiver to have.
 * @param processId    of the sender.
 * @param voterSetHash of the sender.
 * @param generation   proposed number, or the agreed one in the answer.
 * @param token        with which streams to the sender begin.
 * @param sessionIds   of all streams.
 * @param udpAddress   where streams to the sender go, 0, 4 or 16 bytes; 0 bytes: to the address it speaks from.
 * @param udpPort      where streams to the sender go.
 * @param mtuLength    longest UDP payload that the sender's network carries in one piece.
 * @param voters       of the sender, ascending.
 */
@SuppressWarnings("ArrayRecordComponent")
record LinkHello(long serverId, long receiverId, long processId, long voterSetHash, long generation, long token,
    SessionIds sessionIds, byte[] udpAddress, int udpPort, int mtuLength, long[] voters)
{
}
