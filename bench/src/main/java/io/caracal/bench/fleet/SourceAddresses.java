/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The local addresses of a fleet's connections to servers on loopback. One address does not have enough ports for many
 * members, and the ports of an earlier fleet are not free at once. So each fleet has many addresses, in a network
 * within 127.0.0.0/8 that no other fleet uses.
 */
final class SourceAddresses
{
    private static final int MEMBERS_PER_ADDRESS = 5_000;
    private static final int ADDRESSES = 250;
    private static final int NETWORKS = 100;
    private static final AtomicInteger FLEETS = new AtomicInteger();

    private final byte network;

    /** Chooses addresses in a network that {@link #nextNetwork} has returned, maybe in another process. */
    SourceAddresses(final int network)
    {
        this.network = (byte)network;
    }

    /** Returns a network that no fleet of this process has used lately. */
    static int nextNetwork()
    {
        return FLEETS.getAndIncrement() % NETWORKS;
    }

    /**
     * Returns the local address of a member's connection; null for a server that is not on loopback, which leaves the
     * choice to the system.
     */
    InetSocketAddress of(final int index, final InetSocketAddress server) throws IOException
    {
        return server.getAddress().isLoopbackAddress() ? new InetSocketAddress(InetAddress.getByAddress(new byte[]{ 127,
            0, network, (byte)(1 + index / MEMBERS_PER_ADDRESS % ADDRESSES) }), 0) : null;
    }
}
