/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import org.agrona.concurrent.UnsafeBuffer;

/** One simulated connection, both ends of it. */
final class SimulatedConnection
{
    final ByteQueue inbound = new ByteQueue();
    final ByteQueue unsent = new ByteQueue();
    final ByteQueue arrived = new ByteQueue();
    final UnsafeBuffer address;
    final int port;
    final long id;

    /** The engine was told of it, and of its end in due time. */
    boolean isAnnounced;
    boolean isRefused;

    /** The engine wants it ended, which is done when everything is sent. */
    boolean isClosing;
    boolean isClientGone;
    boolean isReading = true;
    boolean isEnded;

    SimulatedConnection(final long id, final byte[] address, final int port)
    {
        this.id = id;
        this.address = new UnsafeBuffer(address);
        this.port = port;
    }
}
