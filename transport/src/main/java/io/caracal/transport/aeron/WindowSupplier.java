/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.driver.Configuration;
import io.aeron.driver.CongestionControl;
import io.aeron.driver.CongestionControlSupplier;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.UdpChannel;
import java.net.InetSocketAddress;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.CountersManager;

/** Gives each stream that arrives a window of its own. */
final class WindowSupplier implements CongestionControlSupplier
{
    @Override
    public CongestionControl newInstance(final long registrationId, final UdpChannel udpChannel, final int streamId,
        final int sessionId, final int termLength, final int senderMtuLength, final InetSocketAddress controlAddress,
        final InetSocketAddress sourceAddress, final NanoClock nanoClock, final MediaDriver.Context context,
        final CountersManager countersManager)
    {
        return new AdaptiveWindow(senderMtuLength, Configuration.receiverWindowLength(termLength,
            context.initialWindowLength()));
    }
}
