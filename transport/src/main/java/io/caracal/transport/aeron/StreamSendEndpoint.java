/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.SendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The endpoint from which streams to one other server leave, and on which its status messages arrive. It wakes the loop
 * that runs Aeron.
 */
final class StreamSendEndpoint extends SendChannelEndpoint
{
    private final SelectorRegistration registration;
    private final SocketNews news = new SocketNews();

    StreamSendEndpoint(final UdpChannel udpChannel, final AtomicCounter statusIndicator,
        final MediaDriver.Context context, final SelectorRegistration registration)
    {
        super(udpChannel, statusIndicator, context);
        this.registration = registration;
    }

    @Override
    public void openDatagramChannel(final AtomicCounter statusIndicator)
    {
        super.openDatagramChannel(statusIndicator);
        news.registered(registration, receiveDatagramChannel);
    }

    /** Asks the socket only if it may have a packet. */
    @Override
    public InetSocketAddress receive(final ByteBuffer buffer)
    {
        return news.mayHavePacket() ? news.note(super.receive(buffer)) : null;
    }
}
