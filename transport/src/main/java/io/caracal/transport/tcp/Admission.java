/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.RejectReason;
import io.caracal.transport.TransportContext;
import java.net.InetAddress;
import java.security.SecureRandom;
import org.agrona.collections.Object2IntCounterMap;

/** Counts connections, in all and by source address, and refuses those beyond the limits. Thread-safe. */
final class Admission
{
    private final Object2IntCounterMap<ClientAddress> countByAddress = new Object2IntCounterMap<>(0);
    private final long seed = new SecureRandom().nextLong();
    private int perAddressMax;
    private int totalMax;
    private int total;

    Admission(final TransportContext context)
    {
        perAddressMax = context.connectionsPerAddressMax();
        totalMax = context.connectionsMax();
    }

    /** Sets the limits for new connections; existing ones stay. */
    synchronized void limits(final int newPerAddressMax, final int newTotalMax)
    {
        perAddressMax = newPerAddressMax;
        totalMax = newTotalMax;
    }

    /**
     * Admits a connection and returns null, or returns the reason why not. {@link #leave} must follow for each admitted
     * connection.
     */
    synchronized RejectReason enter(final InetAddress address)
    {
        if (totalMax != 0 && total >= totalMax)
        {
            return RejectReason.TOTAL_LIMIT;
        }

        final ClientAddress client = new ClientAddress(address, seed);
        if (perAddressMax != 0 && countByAddress.get(client) >= perAddressMax)
        {
            return RejectReason.ADDRESS_LIMIT;
        }

        countByAddress.incrementAndGet(client);
        total++;

        return null;
    }

    synchronized void leave(final InetAddress address)
    {
        countByAddress.decrementAndGet(new ClientAddress(address, seed));
        total--;
    }
}
