/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerContext;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.util.List;

/**
 * Checks whether the address that this server listens on, as found at its start, still leads to this server. The
 * machine can lose the address, and the name from which it was found can come to mean another one. Then the other
 * servers look for this server where it does not listen, and only a restart finds the new address. The sockets are not
 * bound anew meanwhile, because the listeners for clients and operators also keep the addresses of the start.
 */
final class OwnAddress
{
    private static final int ANY_PORT = 0;

    private final PeerContext context;
    private final InetAddress address;
    private final Channels channels;
    private final Repeats repeats;
    private boolean isCompared;
    private boolean isOfName;
    private String told;

    /** Opens sockets. */
    @FunctionalInterface
    interface Channels
    {
        /** Returns a channel that is not bound. */
        DatagramChannel open() throws IOException;
    }

    OwnAddress(final PeerContext context)
    {
        this(context, DatagramChannel::open);
    }

    OwnAddress(final PeerContext context, final Channels channels)
    {
        this.context = context;
        this.channels = channels;
        address = context.tcpAddress().getAddress();
        repeats = new Repeats(context.nanoClock());
    }

    /**
     * Checks once more, and tells people once what has become of the address.
     *
     * @param named addresses that the name of this server has now; empty: it could not be looked up.
     */
    void check(final List<InetAddress> named)
    {
        if (address.isAnyLocalAddress())
        {
            return;
        }

        if (!isCompared && !named.isEmpty())
        {
            isCompared = true;
            isOfName = named.contains(address);
        }

        final String fault = fault(named);

        if (fault != null && !fault.equals(told) && repeats.isNew(fault))
        {
            context.events().onAddressChanged(fault);
        }

        told = fault;
    }

    private String fault(final List<InetAddress> named)
    {
        if (isGone())
        {
            return "this machine no longer has the address " + address.getHostAddress();
        }

        return isOfName && !named.isEmpty() && !named.contains(address) ? context.self().host() + " is " + named.get(0)
            .getHostAddress() + " now and no longer " + address.getHostAddress() : null;
    }

    private boolean isGone()
    {
        try (DatagramChannel channel = channels.open())
        {
            channel.bind(new InetSocketAddress(address, ANY_PORT));

            return false;
        }
        catch (final BindException refused)
        {
            return isOfNoInterface();
        }
        catch (final IOException noDescriptors)
        {
            // This says nothing about the address.
            return false;
        }
    }

    /** Whether no interface has the address. A bind is also refused when all ports are taken or a rule forbids it. */
    private boolean isOfNoInterface()
    {
        try
        {
            return NetworkInterface.getByInetAddress(address) == null;
        }
        catch (final SocketException unknown)
        {
            return false;
        }
    }
}
