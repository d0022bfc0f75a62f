/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/** The purposes for which the transport holds direct memory. */
public enum BufferPurpose
{
    /** Receive buffers, into which sockets are read; one for each gateway. */
    RECEIVE,
    /** Bytes that were read from connections and could not be handed over yet: parts of frames, and refused frames. */
    INBOUND,
    /** Frames and answers that are not sent yet. */
    OUTBOUND,
    /** Rings between the engine and gateways. */
    RING,
    /** Frames from the engine that found the ring to their gateway full. */
    OVERFLOW,
    /** Frames that crossed the ring and were refused by the engine, and long frames still crossing it in pieces. */
    PARKED,
    /** Free memory that is kept for reuse. */
    POOLED,
    /** Messages to other servers that are longer than a datagram, while they are being sent. */
    PEER_STAGED,
    /** Messages from other servers that are longer than a datagram, while they are arriving. */
    PEER_ASSEMBLED
}
