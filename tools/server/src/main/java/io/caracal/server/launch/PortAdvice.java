/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** What to do about an address that cannot be listened on. */
final class PortAdvice
{
    /** Ports below it are for root, and for who has been given the right. */
    private static final int FIRST_FREE_PORT = 1024;

    private PortAdvice()
    {
    }

    /**
     * Says who could be in the way.
     *
     * @param address wanted in vain.
     * @param isUdp   and not TCP.
     * @return an order to a person, without a full stop.
     */
    static String of(final InetSocketAddress address, final boolean isUdp)
    {
        if (!isOfThisMachine(address))
        {
            return "no interface of this machine has that address, see ip -br addr";
        }

        final String look = "see who listens there with ss -l" + (isUdp ? "u" : "t") + "np";
        return address.getPort() == 0 || address.getPort() >= FIRST_FREE_PORT ? look : look +
            ", or give java the right to ports below " + FIRST_FREE_PORT + " (CAP_NET_BIND_SERVICE)";
    }

    private static boolean isOfThisMachine(final InetSocketAddress address)
    {
        try
        {
            return address.getAddress().isAnyLocalAddress() || address.getAddress().isLoopbackAddress() ||
                NetworkInterface.getByInetAddress(address.getAddress()) != null;
        }
        catch (final SocketException unknown)
        {
            // The interfaces cannot be listed, so the more frequent reason is told.
            return true;
        }
    }
}
