/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import org.agrona.concurrent.UnsafeBuffer;

/** A connection as seen by the engine's side of a ring. */
final class RingConnection
{
    final long id;
    final UnsafeBuffer address;
    final int port;

    /** The engine was told of the connection. */
    boolean isAnnounced;

    /** The engine refused a frame and has not called resume yet. */
    boolean isRefused;

    /** The gateway was asked to hand over nothing more. */
    boolean isHeld;

    /** The engine closed the connection, or it had to be given up. Nothing more is delivered except its end. */
    boolean isClosing;

    /** The end of the connection has arrived, but earlier frames still wait to be delivered. */
    boolean isEnding;

    /** A long frame that has not arrived whole; null if there is none. */
    Block large;

    /** The first block of waiting frames, with the oldest one; null if none wait. */
    Block firstParked;

    /** The last block of waiting frames, with the youngest one. */
    Block lastParked;

    RingConnection(final long id, final UnsafeBuffer address, final int port)
    {
        this.id = id;
        this.address = address;
        this.port = port;
    }

    boolean hasParked()
    {
        return firstParked != null;
    }
}
