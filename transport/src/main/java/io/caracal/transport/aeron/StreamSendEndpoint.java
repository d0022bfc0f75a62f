/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.SendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import org.agrona.concurrent.status.AtomicCounter;

/** Where streams to one other server leave, and its status messages arrive: wakes the loop that drives Aeron. */
final class StreamSendEndpoint extends SendChannelEndpoint
{
    private final SelectorRegistration registration;

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
        registration.register(receiveDatagramChannel);
    }
}
