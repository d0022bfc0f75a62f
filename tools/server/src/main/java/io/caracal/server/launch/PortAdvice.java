/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Advises what to do about an address on which the server cannot listen. */
final class PortAdvice
{
    /** Ports below this one need root or a capability. */
    private static final int FIRST_FREE_PORT = 1024;

    private PortAdvice()
    {
    }

    /**
     * Says what may be in the way.
     *
     * @param address on which listening failed.
     * @param isUdp   true for UDP, false for TCP.
     * @return an instruction to a person, without a full stop.
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
            // The interfaces cannot be listed, so the more frequent reason is assumed.
            return true;
        }
    }
}
