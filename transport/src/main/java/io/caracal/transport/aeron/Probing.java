/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * Has the system probe a silent link from time to time. A link carries nothing for as long as it lasts, and firewalls
 * and address translators forget connections that carry nothing for some minutes. The news of a death would then get
 * lost, and the other servers would wait for a time-out.
 */
final class Probing
{
    /** How long a connection carries nothing before it is probed, and the time between two probes. */
    private static final int INTERVAL_S = 60;
    /**
     * How many probes may stay without an answer, the most that Linux allows. The streams decide whether a link works,
     * and they need not end where only TCP is cut.
     */
    private static final int UNANSWERED_MAX = 127;

    private Probing()
    {
    }

    static void enable(final SocketChannel channel) throws IOException
    {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);

        if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE))
        {
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, INTERVAL_S);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_S);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, UNANSWERED_MAX);
        }
    }
}
