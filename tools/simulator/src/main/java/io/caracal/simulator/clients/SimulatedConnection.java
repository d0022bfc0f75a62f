/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import org.agrona.concurrent.UnsafeBuffer;

/** Both ends of one simulated connection. */
final class SimulatedConnection
{
    final ByteQueue inbound = new ByteQueue();
    final ByteQueue unsent = new ByteQueue();
    final ByteQueue arrived = new ByteQueue();
    final UnsafeBuffer address;
    final int port;
    final long id;

    /** Whether the engine was told of the connection. Only then is it told of the end as well. */
    boolean isAnnounced;
    boolean isRefused;

    /** Whether the engine has asked to end the connection, which happens once everything is sent. */
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
