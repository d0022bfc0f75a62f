/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/**
 * Whether a socket is worth asking for a packet. A driver that runs on the loop's thread is run several times in each
 * cycle and would ask each of its sockets every time; one look of the loop's selector, at the begin of each poll,
 * answers for all of them. What that look found is read until the socket is empty. Belongs to the loop's thread.
 */
final class SocketNews
{
    private boolean isTold;
    private boolean mayHavePacket = true;

    /** From now on the selector tells, if the loop looks at it in every cycle; else the socket is always asked. */
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

    /** Passes on what the socket gave: null when it is empty. */
    InetSocketAddress note(final InetSocketAddress source)
    {
        mayHavePacket = source != null;

        return source;
    }
}
