/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.driver.DataPacketDispatcher;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.ReceiveChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.SetupFlyweight;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The endpoint on which streams of other servers arrive. It wakes the loop that runs Aeron, and takes only packets of
 * expected sessions.
 */
final class StreamReceiveEndpoint extends ReceiveChannelEndpoint
{
    private final SelectorRegistration registration;
    private final SocketNews news = new SocketNews();
    private final ExpectedSessions sessions;

    StreamReceiveEndpoint(final UdpChannel udpChannel, final DataPacketDispatcher dispatcher,
        final AtomicCounter statusIndicator, final MediaDriver.Context context, final SelectorRegistration registration,
        final ExpectedSessions sessions)
    {
        super(udpChannel, dispatcher, statusIndicator, context);
        this.registration = registration;
        this.sessions = sessions;
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

    @Override
    public int onDataPacket(final DataHeaderFlyweight header, final UnsafeBuffer buffer, final int length,
        final InetSocketAddress srcAddress, final int transportIndex)
    {
        return sessions.contains(header.sessionId()) ? super.onDataPacket(header, buffer, length, srcAddress,
            transportIndex) : 0;
    }

    @Override
    public void onSetupMessage(final SetupFlyweight header, final UnsafeBuffer buffer, final int length,
        final InetSocketAddress srcAddress, final int transportIndex)
    {
        if (sessions.contains(header.sessionId()))
        {
            super.onSetupMessage(header, buffer, length, srcAddress, transportIndex);
        }
    }
}
