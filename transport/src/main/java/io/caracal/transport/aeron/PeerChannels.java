/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.port.PeerStream;
import io.caracal.transport.PeerContext;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * Builds the channel URIs and stream ids by which Aeron knows the streams. The URIs contain literal addresses only, so
 * Aeron never looks up a name.
 */
final class PeerChannels
{
    /** Nobody sends to this stream. The subscription to it keeps the socket of this server open between links. */
    static final int ANCHOR_STREAM_ID = 100;

    private static final int FIRST_STREAM_ID = 1;

    private PeerChannels()
    {
    }

    static int streamId(final PeerStream stream)
    {
        return FIRST_STREAM_ID + stream.ordinal();
    }

    static int termLength(final PeerContext context, final PeerStream stream)
    {
        return switch (stream)
        {
            case LIVE -> context.liveTermLength();
            case REQUESTS -> context.requestsTermLength();
            case BULK -> context.bulkTermLength();
        };
    }

    static String publication(final PeerContext context, final PeerStream stream, final InetSocketAddress to,
        final int sessionId, final int mtuLength)
    {
        return "aeron:udp?endpoint=" + literal(to) + "|session-id=" + sessionId + "|term-length=" + termLength(context,
            stream) + "|mtu=" + mtuLength + "|linger=0";
    }

    static String subscription(final InetSocketAddress at, final int sessionId)
    {
        return "aeron:udp?endpoint=" + literal(at) + "|session-id=" + sessionId + "|rejoin=false";
    }

    static String literal(final InetSocketAddress address)
    {
        final String host = address.getAddress().getHostAddress();

        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
