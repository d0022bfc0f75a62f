/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the streams to one other server go: where it says that it receives them, else where it speaks from, else where
 * the configuration has it. Each in turn, while streams do not arrive.
 */
final class StreamAddresses
{
    private final NameLookup lookup;
    private final boolean isDialing;
    private int unprovenCount;

    /**
     * Begins with what the other server says.
     *
     * @param lookup    of the other server's configured name.
     * @param isDialing whether the name is looked up for each attempt anyway.
     */
    StreamAddresses(final NameLookup lookup, final boolean isDialing)
    {
        this.lookup = lookup;
        this.isDialing = isDialing;
    }

    /** Streams did not arrive where they were sent to: the next address is tried. */
    void onUnproven()
    {
        unprovenCount++;
    }

    /** Streams arrived: the next attempt begins with what the other server says. */
    void onProven()
    {
        unprovenCount = 0;
    }

    /**
     * The address for one attempt. What the configuration has is looked up for the next one, if need be.
     *
     * @param hello  of the other server.
     * @param remote where it speaks from; null if the connection is gone.
     * @return null: there is none.
     */
    InetSocketAddress next(final LinkHello hello, final InetSocketAddress remote)
    {
        final List<InetAddress> addresses = new ArrayList<>();
        add(addresses, announced(hello.udpAddress()));
        add(addresses, remote == null ? null : remote.getAddress());

        if (lookup.isDone())
        {
            lookup.addresses().forEach(address -> add(addresses, address));
        }

        if (unprovenCount > 0 && !isDialing)
        {
            lookup.request();
        }

        return addresses.isEmpty() ? null : new InetSocketAddress(addresses.get(unprovenCount % addresses.size()), hello
            .udpPort());
    }

    private static void add(final List<InetAddress> addresses, final InetAddress address)
    {
        if (address != null && !addresses.contains(address))
        {
            addresses.add(address);
        }
    }

    private static InetAddress announced(final byte[] address)
    {
        try
        {
            return address.length == 0 ? null : InetAddress.getByAddress(address);
        }
        catch (final UnknownHostException impossibleLength)
        {
            throw new IllegalArgumentException(Arrays.toString(address), impossibleLength);
        }
    }
}
