/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import io.caracal.server.config.ServerLine;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerTransport;
import io.caracal.transport.aeron.AeronPeerPort;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;

/** Opens the two ports of this server's own line, or says, in terms of that line, which one is not available. */
public final class QuorumPorts
{
    private QuorumPorts()
    {
    }

    /** Opens channels. */
    @FunctionalInterface
    interface Channels
    {
        /** Opens a channel that is not bound. */
        DatagramChannel open() throws IOException;
    }

    /**
     * Checks that the host of the own line resolves. A container that has just started may have no name yet.
     *
     * @param own line of this server.
     * @throws LaunchException when the host does not resolve.
     */
    public static void requireKnown(final ServerLine own)
    {
        try
        {
            InetAddress.getByName(own.host());
        }
        catch (final UnknownHostException ex)
        {
            throw new LaunchException(ExitCode.QUORUM_PORT, "the address of this server is not known: the host " +
                own.host() + " of the line server." + own.serverId() +
                " does not resolve here; see to DNS or /etc/hosts," +
                " or set quorumListenOnAllIPs=true, with which this server needs no address of its own", ex);
        }
    }

    /**
     * Opens the ports for the other servers.
     *
     * @param context concluded.
     * @param idle    of the loop that polls the transport.
     * @return the listening transport.
     * @throws LaunchException when a port is taken or its address is not one of this machine; the message says which,
     *                         and what to do.
     */
    public static PeerTransport open(final PeerContext context, final SelectIdle idle)
    {
        requireFree(context, DatagramChannel::open);
        try
        {
            return new AeronPeerPort(context, idle);
        }
        catch (final UncheckedIOException ex)
        {
            if (ex.getCause() instanceof BindException)
            {
                throw refusal(context, "TCP", context.tcpAddress(), ex.getCause());
            }

            throw ex;
        }
    }

    /**
     * Checks that the UDP port is free. Otherwise the driver would fail to bind it later, with an error that does not
     * tell people what to do.
     */
    static void requireFree(final PeerContext context, final Channels channels)
    {
        try (DatagramChannel channel = channels.open())
        {
            channel.bind(context.udpAddress());
        }
        catch (final IOException ex)
        {
            throw refusal(context, "UDP", context.udpAddress(), ex);
        }
        catch (final UnsupportedAddressTypeException ex)
        {
            throw new LaunchException(ExitCode.QUORUM_PORT, "the address " + context.udpAddress().getAddress()
                .getHostAddress() + " of the line server." + context.serverId() +
                " is one of IPv6, and this process has sockets for IPv4 only: start java without " +
                "java.net.preferIPv4Stack=true, or set an address of IPv4 in the line on every server", ex);
        }
    }

    private static LaunchException refusal(
        final PeerContext context, final String protocol, final InetSocketAddress address, final Throwable cause)
    {
        return new LaunchException(ExitCode.QUORUM_PORT,
            protocol + " port " + address.getPort() + " of the line server." + context.serverId() +
                " cannot be had at " + address.getAddress().getHostAddress() + " (" + cause.getMessage() +
                "); " + PortAdvice.of(address, "UDP".equals(protocol)) + ", set another port in the line on every" +
                " server, or quorumListenOnAllIPs=true when the address is not one of this machine",
            cause);
    }
}
