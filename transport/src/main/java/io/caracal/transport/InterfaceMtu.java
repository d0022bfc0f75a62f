/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * How long a UDP payload may be so that the network carries it in one piece. The fewer packets, the fewer calls of the
 * system: six proposals of 200 bytes fit into what every network carries, forty into a jumbo frame.
 */
final class InterfaceMtu
{
    /** What every network carries, tunnels included. */
    static final int COMMON_LENGTH = 1408;

    /** What networks with jumbo frames and the loopback carry. More gains nothing, and a loss would cost more. */
    static final int JUMBO_LENGTH = 8192;

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
        return interfaceMtu - HEADERS_LENGTH_MAX < JUMBO_LENGTH ? COMMON_LENGTH : JUMBO_LENGTH;
    }
}
