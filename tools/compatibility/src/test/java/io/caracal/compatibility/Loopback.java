/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Loopback addresses of this machine, without asking any resolver. */
public final class Loopback
{
    private Loopback()
    {
    }

    /** Returns 127.0.0.1 with the port. */
    public static InetSocketAddress port(final int port)
    {
        return address(1, port);
    }

    /** Returns 127.0.x.y for a number from 1 to 65535, with the port. */
    public static InetSocketAddress address(final int number, final int port)
    {
        try
        {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[]{ 127, 0, (byte)(number >> 8),
                (byte)number }), port);
        }
        catch (final UnknownHostException ex)
        {
            throw new AssertionError("four bytes are an address", ex);
        }
    }

    /** Formats an address as clients write it. */
    public static String text(final InetSocketAddress address)
    {
        return address.getHostString() + ":" + address.getPort();
    }
}
