/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds ports of the loopback address that are free for TCP and UDP alike. They are all held until the last is found,
 * so none comes twice; from then on another process may take one, and whoever uses them has to expect that.
 */
final class FreePorts
{
    private static final int TRIES_PER_PORT = 64;

    private FreePorts()
    {
    }

    /** So many ports, each once. */
    static Iterator<Integer> find(final int count)
    {
        final Deque<AutoCloseable> held = new ArrayDeque<>();
        final Set<Integer> ports = new LinkedHashSet<>();
        try
        {
            for (int i = 0; i < count * TRIES_PER_PORT && ports.size() < count; i++)
            {
                hold(held, ports);
            }
        }
        catch (final IOException ex)
        {
            throw new LaunchException(ExitCode.UNEXPECTED, "no free ports: " + ex, ex);
        }
        finally
        {
            held.forEach(FreePorts::close);
        }

        if (ports.size() < count)
        {
            throw new LaunchException(ExitCode.UNEXPECTED, "fewer than " + count + " free ports were found", null);
        }

        return ports.iterator();
    }

    private static void hold(final Deque<AutoCloseable> held, final Set<Integer> ports) throws IOException
    {
        final InetAddress loopback = InetAddress.getLoopbackAddress();
        final ServerSocket tcp = new ServerSocket();
        held.push(tcp);
        tcp.bind(new InetSocketAddress(loopback, 0));
        try
        {
            held.push(new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort())));
            ports.add(tcp.getLocalPort());
        }
        catch (final IOException takenForUdp)
        {
            // the next one may be free for both
        }
    }

    private static void close(final AutoCloseable socket)
    {
        try
        {
            socket.close();
        }
        catch (final Exception ex)
        {
            throw new IllegalStateException("a socket that was only bound did not close", ex);
        }
    }
}
