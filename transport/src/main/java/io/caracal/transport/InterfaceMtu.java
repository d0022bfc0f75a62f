/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * How long a UDP payload may be so that the network carries it in one piece. The fewer packets, the fewer calls of the
 * system: six proposals of 200 bytes fit into what every network carries, forty into a jumbo frame.
 */
public final class InterfaceMtu
{
    /** What most networks carry, most tunnels included. */
    public static final int COMMON_LENGTH = 1408;

    /** The least that packets may be set to; hardly a network carries so little. */
    public static final int LEAST_LENGTH = 576;

    /** What networks with jumbo frames and the loopback carry. More gains nothing, and a loss would cost more. */
    static final int JUMBO_LENGTH = 8192;

    /** Lengths of packets are multiples of this. */
    static final int GRANULE = 32;

    private static final int HEADERS_LENGTH_MAX = 48;

    private InterfaceMtu()
    {
    }

    /**
     * Asks the system.
     *
     * @param address of this machine, or the one that stands for all.
     * @return bytes; {@link #COMMON_LENGTH} where the interface is not known.
     */
    static int payloadLength(final InetAddress address)
    {
        try
        {
            final NetworkInterface own = address.isAnyLocalAddress() ? null : NetworkInterface.getByInetAddress(
                address);

            return own == null ? COMMON_LENGTH : payloadLength(own.getMTU());
        }
        catch (final SocketException ex)
        {
            // An interface that went away between two questions: what fits everywhere fits its successor.
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
