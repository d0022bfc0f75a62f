/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import org.agrona.concurrent.UnsafeBuffer;

/** A connection as the engine's side of a ring sees it. */
final class RingConnection
{
    final long id;
    final UnsafeBuffer address;
    final int port;

    /** The engine was told of it. */
    boolean isAnnounced;

    /** The engine refused a frame and did not say resume yet. */
    boolean isRefused;

    /** The gateway was asked to hand over nothing more. */
    boolean isHeld;

    /** The engine closed it, or it had to be given up: nothing more is delivered but its end. */
    boolean isClosing;

    /** Its end has come, but frames that came before wait to be delivered. */
    boolean isEnding;

    /** A long frame of which not all pieces have come; null when there is none. */
    Block large;

    /** Frames that wait, oldest first; null when there are none. */
    Block firstParked;

    /** Where the youngest waits. */
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
