/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.RejectReason;
import io.caracal.transport.TransportContext;
import java.net.InetAddress;
import org.agrona.collections.Object2IntCounterMap;

/** Counts connections, in all and by source address, and turns away what is too many. Thread-safe. */
final class Admission
{
    private final Object2IntCounterMap<InetAddress> countByAddress = new Object2IntCounterMap<>(0);
    private int perAddressMax;
    private int totalMax;
    private int total;

    Admission(final TransportContext context)
    {
        perAddressMax = context.connectionsPerAddressMax();
        totalMax = context.connectionsMax();
    }

    /** From now on; connections that exist stay. */
    synchronized void limits(final int newPerAddressMax, final int newTotalMax)
    {
        perAddressMax = newPerAddressMax;
        totalMax = newTotalMax;
    }

    /** Null when admitted: {@link #leave} must follow one day. Otherwise the reason why not. */
    synchronized RejectReason enter(final InetAddress address)
    {
        if (totalMax != 0 && total >= totalMax)
        {
            return RejectReason.TOTAL_LIMIT;
        }

        if (perAddressMax != 0 && countByAddress.get(address) >= perAddressMax)
        {
            return RejectReason.ADDRESS_LIMIT;
        }

        countByAddress.incrementAndGet(address);
        total++;

        return null;
    }

    synchronized void leave(final InetAddress address)
    {
        countByAddress.decrementAndGet(address);
        total--;
    }
}
