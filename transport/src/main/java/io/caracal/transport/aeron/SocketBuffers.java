/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * The socket buffer sizes that the system grants.
 *
 * @param receiveLength of a socket on which streams arrive, in bytes.
 * @param sendLength    of a socket from which streams leave, in bytes.
 */
record SocketBuffers(int receiveLength, int sendLength)
{
    /** The least that the system charges a socket buffer for each packet, headers included, in bytes. */
    private static final int PACKET_CHARGE_LEAST = 512;
    /** The system makes a socket buffer twice as large as it was asked to. */
    private static final int GROWTH = 2;

    /** Requests the wanted sizes and returns what the system grants. */
    static SocketBuffers probe(final int receiveWanted, final int sendWanted)
    {
        try (DatagramChannel channel = DatagramChannel.open())
        {
            return new SocketBuffers(probe(channel, StandardSocketOptions.SO_RCVBUF, receiveWanted), probe(channel,
                StandardSocketOptions.SO_SNDBUF, sendWanted));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** How many unread packets a socket can hold. */
    int packetsMax()
    {
        return GROWTH * (receiveLength / PACKET_CHARGE_LEAST);
    }

    private static int probe(final DatagramChannel channel, final SocketOption<Integer> option, final int wanted)
        throws IOException
    {
        channel.setOption(option, wanted);

        return Math.min(wanted, channel.getOption(option));
    }
}
