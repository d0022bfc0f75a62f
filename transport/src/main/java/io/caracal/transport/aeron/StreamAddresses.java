/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses the address to which the streams to one other server go: the address that it announces, the address it speaks
 * from, or the addresses of its configured name. They are tried in turn while streams do not arrive.
 */
final class StreamAddresses
{
    private final NameLookup lookup;
    private final boolean isDialing;
    private int unprovenCount;

    /**
     * Begins with the address that the other server announces.
     *
     * @param lookup    of the other server's configured name.
     * @param isDialing whether the name is looked up for each attempt anyway.
     */
    StreamAddresses(final NameLookup lookup, final boolean isDialing)
    {
        this.lookup = lookup;
        this.isDialing = isDialing;
    }

    /** Records that streams did not arrive, so that the next address is tried. */
    void onUnproven()
    {
        unprovenCount++;
    }

    /** Records that streams arrived, so that the next attempt begins with the announced address. */
    void onProven()
    {
        unprovenCount = 0;
    }

    /**
     * Returns the address for one attempt. If need be, the configured name is looked up for the next attempt.
     *
     * @param hello  of the other server.
     * @param remote address that the other server speaks from; null if the connection is gone.
     * @return null if there is no address.
     */
    InetSocketAddress next(final LinkHello hello, final InetSocketAddress remote)
    {
        final List<InetAddress> addresses = new ArrayList<>();
        add(addresses, announced(hello.udpAddress()));
        add(addresses, remote == null ? null : remote.getAddress());

        lookup.addresses().forEach(address -> add(addresses, address));

        if (unprovenCount > 0 && !isDialing)
        {
            lookup.request();
        }

        return addresses.isEmpty() ? null : new InetSocketAddress(addresses.get(unprovenCount % addresses.size()),
            hello.udpPort());
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
