/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/**
 * Tells whether a socket is worth asking for a packet. A driver on the loop's thread runs several times in each cycle
 * and would ask each of its sockets every time. Instead, one look of the loop's selector at the beginning of each poll
 * answers for all of them. A socket found ready by that look is read until it is empty. Belongs to the thread that runs
 * the driver.
 */
final class SocketNews
{
    private boolean isTold;
    private boolean mayHavePacket = true;

    /**
     * Registers a socket. From now on the selector reports it, if the loop looks at the selector in every cycle;
     * otherwise the socket is always asked.
     */
    void registered(final SelectorRegistration registration, final DatagramChannel channel)
    {
        mayHavePacket = true;
        isTold = registration.tellsEachCycle();
        registration.register(channel, SelectionKey.OP_READ, readyOps -> mayHavePacket = true);
    }

    boolean mayHavePacket()
    {
        return mayHavePacket || !isTold;
    }

    /** Notes and returns what the socket gave; null means that it is empty. */
    InetSocketAddress note(final InetSocketAddress source)
    {
        mayHavePacket = source != null;

        return source;
    }
}
