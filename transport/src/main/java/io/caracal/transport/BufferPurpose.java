/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/** What direct memory of the transport is used for. */
public enum BufferPurpose
{
    /** What sockets are read into, one for each gateway. */
    RECEIVE,
    /** Bytes of connections that were read and could not be handed over yet: parts of frames, refused frames. */
    INBOUND,
    /** Frames and answers that were not sent yet. */
    OUTBOUND,
    /** Rings between the engine and gateways. */
    RING,
    /** Frames of the engine that found the ring to their gateway full. */
    OVERFLOW,
    /** Frames that crossed the ring and were refused by the engine, and large frames under way. */
    PARKED,
    /** Free, kept for the next who needs some. */
    POOLED,
    /** Messages to other servers that are longer than a datagram, while they are sent. */
    PEER_STAGED,
    /** Messages from other servers that are longer than a datagram, while they arrive. */
    PEER_ASSEMBLED
}
