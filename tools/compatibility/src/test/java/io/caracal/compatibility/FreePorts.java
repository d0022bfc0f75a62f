/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of this machine that are free for UDP and TCP alike. */
public final class FreePorts
{
    private FreePorts()
    {
    }

    /** So many; all are held until the last is found, so none comes twice. */
    public static int[] find(final int count)
    {
        final int[] found = new int[count];
        final List<AutoCloseable> held = new ArrayList<>();
        try
        {
            for (int i = 0; i < count;)
            {
                final ServerSocket tcp = new ServerSocket();
                held.add(tcp);
                tcp.bind(Loopback.port(0));
                found[i] = tcp.getLocalPort();
                i += tryUdp(held, found[i]) ? 1 : 0;
            }
            for (final AutoCloseable socket : held)
            {
                socket.close();
            }
        }
        catch (final Exception ex)
        {
            throw new AssertionError("no free ports", ex);
        }

        return found;
    }

    private static boolean tryUdp(final List<AutoCloseable> held, final int port)
    {
        try
        {
            held.add(new DatagramSocket(Loopback.port(port)));
            return true;
        }
        catch (final IOException ex)
        {
            return false;
        }
    }
}
