/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * How large the system lets socket buffers be.
 *
 * @param receiveLength of a socket that streams arrive at, bytes.
 * @param sendLength    of a socket that streams leave by, bytes.
 */
record SocketBuffers(int receiveLength, int sendLength)
{
    /** The system charges a socket buffer at least this much for each packet, headers included; bytes. */
    private static final int PACKET_CHARGE_LEAST = 512;
    /** The system keeps twice of what a socket buffer was asked to be. */
    private static final int GROWTH = 2;

    /** Asks for as much as wanted and sees what the system gives. */
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

    /** How many packets a socket can hold that were not read yet. */
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
