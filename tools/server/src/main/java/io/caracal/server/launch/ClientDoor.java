/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import io.caracal.transport.ClientTransport;
import io.caracal.transport.TransportContext;
import io.caracal.transport.tcp.SelectIdle;
import io.caracal.transport.tcp.TcpTransport;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/**
 * Opens the client port, or says why that is not possible and what to do. Also formats the address of the port.
 */
public final class ClientDoor
{
    private ClientDoor()
    {
    }

    /**
     * Opens the client port.
     *
     * @param context concluded.
     * @param address on which to listen, for the message.
     * @param idle    of the loop that polls the transport.
     * @return the listening transport.
     * @throws LaunchException when the address is taken or is not an address of this machine; the message says what to
     *                         do.
     */
    public static ClientTransport open(final TransportContext context, final InetSocketAddress address,
        final SelectIdle idle)
    {
        try
        {
            return TcpTransport.open(context, idle);
        }
        catch (final UncheckedIOException ex)
        {
            if (ex.getCause() instanceof BindException)
            {
                throw new LaunchException(ExitCode.UNEXPECTED, ex.getMessage() + "; " +
                    PortAdvice.of(address, false) + ", or set another clientPort or clientPortAddress", ex);
            }

            throw ex;
        }
    }

    /**
     * Returns the address for clients on this machine, or on any machine that can reach it.
     *
     * @param address that is listened on.
     * @return {@code host:port}; the loopback where the server listens on all addresses.
     */
    public static String connectString(final InetSocketAddress address)
    {
        return hostAndPort(address, "127.0.0.1");
    }

    /**
     * Returns the address on which the server listens, for people; 0.0.0.0 stands for all addresses.
     *
     * @param address that is listened on.
     * @return {@code host:port}.
     */
    public static String listenString(final InetSocketAddress address)
    {
        return hostAndPort(address, "0.0.0.0");
    }

    private static String hostAndPort(final InetSocketAddress address, final String anyHost)
    {
        final String host = address.getAddress().isAnyLocalAddress() ? anyHost : address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
