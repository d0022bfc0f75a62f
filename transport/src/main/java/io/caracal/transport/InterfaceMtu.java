/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * Determines how long a UDP payload may be so that the network carries it in one piece. Fewer packets mean fewer system
 * calls: six proposals of 200 bytes fit into what every network carries, forty into a jumbo frame.
 */
public final class InterfaceMtu
{
    /** What most networks carry, including most tunnels, in bytes. */
    public static final int COMMON_LENGTH = 1408;

    /** The smallest length to which packets may be set, in bytes; hardly any network carries so little. */
    public static final int LEAST_LENGTH = 576;

    /**
     * What the loopback and networks with jumbo frames carry, in bytes. A longer packet gains nothing, and its loss
     * would cost more.
     */
    static final int JUMBO_LENGTH = 8192;

    /** Packet lengths are multiples of this. */
    static final int GRANULE = 32;

    private static final int HEADERS_LENGTH_MAX = 48;

    private InterfaceMtu()
    {
    }

    /**
     * Asks the system for the MTU of an interface.
     *
     * @param address of this machine, or the wildcard address.
     * @return longest payload in bytes; {@link #COMMON_LENGTH} if the interface is not known.
     */
    static int payloadLength(final InetAddress address)
    {
        try
        {
            final NetworkInterface own =
                address.isAnyLocalAddress() ? null : NetworkInterface.getByInetAddress(address);

            return own == null ? COMMON_LENGTH : payloadLength(own.getMTU());
        }
        catch (final SocketException ex)
        {
            // The interface went away between the two questions. What fits everywhere also fits its successor.
            return COMMON_LENGTH;
        }
    }

    static int payloadLength(final int interfaceMtu)
    {
        final int longest = interfaceMtu - HEADERS_LENGTH_MAX;
        if (longest >= COMMON_LENGTH)
        {
            return longest < JUMBO_LENGTH ? COMMON_LENGTH : JUMBO_LENGTH;
        }

        return Math.max(LEAST_LENGTH, longest / GRANULE * GRANULE);
    }
}
