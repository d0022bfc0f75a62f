/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Forwards datagrams to a port, and the answers to the sender. Drops them when told to. */
final class UdpProxy extends SelectorThread
{
    private static final int DATAGRAM_LENGTH_MAX = 65_536;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final long ROUND_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Map<SocketAddress, DatagramChannel> channelsBySource = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_LENGTH_MAX);
    private final Random random = new Random(42);
    private final InetSocketAddress target;
    private final DatagramChannel front;
    private volatile boolean dropsForward;
    private volatile boolean dropsBack;
    private volatile double lossRate;
    private volatile boolean losesHeartbeats;
    private volatile int lengthMax = DATAGRAM_LENGTH_MAX;
    private volatile int lostLength = DATAGRAM_LENGTH_MAX;
    private volatile int roundMax = Integer.MAX_VALUE;
    private final AtomicLong carriedCount = new AtomicLong();
    private final AtomicLong overrunCount = new AtomicLong();

    UdpProxy(final int targetPort)
    {
        super("udp-proxy");
        target = new InetSocketAddress(PeerEnsemble.LOOPBACK, targetPort);

        try
        {
            front = open(new InetSocketAddress(PeerEnsemble.LOOPBACK, 0), null);
            start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    int port()
    {
        return front.socket().getLocalPort();
    }

    /** Drops datagrams to the target, or those from it. */
    void drop(final boolean forward, final boolean back)
    {
        dropsForward = forward;
        dropsBack = back;
    }

    /** Loses some datagrams, in both directions. */
    void lossRate(final double value)
    {
        lossRate = value;
    }

    /** Loses the heartbeats of Aeron's streams, in both directions: they are the frames without a length. */
    void losesHeartbeats(final boolean value)
    {
        losesHeartbeats = value;
    }

    /**
     * Loses datagrams above a length, in both directions, like a network that carries less than the interfaces claim.
     */
    void lengthMax(final int value)
    {
        lengthMax = value;
    }

    /** Loses the next datagram above a length, in either direction. */
    void loseOne(final int length)
    {
        lostLength = length;
    }

    /**
     * Carries so many datagrams to the target in each of its rounds, like a slow link with a short queue, and loses
     * what else has come by then.
     */
    void roundMax(final int value)
    {
        roundMax = value;
    }

    /** How many datagrams to the target were carried. */
    long carriedCount()
    {
        return carriedCount.get();
    }

    /** How many datagrams to the target were lost because too many came. */
    long overrunCount()
    {
        return overrunCount.get();
    }

    /** Whether {@link #loseOne} has lost its datagram. */
    boolean hasLostOne()
    {
        return lostLength == DATAGRAM_LENGTH_MAX;
    }

    @Override
    void closeChannels() throws IOException
    {
        front.close();

        for (final DatagramChannel channel : channelsBySource.values())
        {
            channel.close();
        }
    }

    @Override
    void onReady(final SelectionKey key)
    {
        try
        {
            if (key.channel() == front)
            {
                forward();
            }
            else
            {
                back((DatagramChannel)key.channel(), (SocketAddress)key.attachment());
            }
        }
        catch (final IOException unreachable)
        {
            // The datagram is lost, as on a network.
            buffer.clear();
        }
    }

    private void forward() throws IOException
    {
        int carried = 0;
        int overrun = 0;

        for (SocketAddress source = receive(front); source != null; source = receive(front))
        {
            if (carried >= roundMax)
            {
                overrun++;
            }
            else if (!dropsForward && !isLost())
            {
                channelFor(source).write(buffer);
                carried++;
            }
        }

        carriedCount.addAndGet(carried);
        overrunCount.addAndGet(overrun);
        if (roundMax != Integer.MAX_VALUE)
        {
            LockSupport.parkNanos(ROUND_NS);
        }
    }

    private void back(final DatagramChannel channel, final SocketAddress source) throws IOException
    {
        while (receive(channel) != null)
        {
            if (!dropsBack && !isLost())
            {
                front.send(buffer, source);
            }
        }
    }

    private boolean isLost()
    {
        if (buffer.limit() > lostLength)
        {
            lostLength = DATAGRAM_LENGTH_MAX;
            return true;
        }

        if (losesHeartbeats && buffer.limit() >= Integer.BYTES && buffer.getInt(0) == 0)
        {
            return true;
        }

        return buffer.limit() > lengthMax || (lossRate > 0 && random.nextDouble() < lossRate);
    }

    private SocketAddress receive(final DatagramChannel channel) throws IOException
    {
        buffer.clear();
        final SocketAddress source = channel.receive(buffer);
        buffer.flip();

        return source;
    }

    private DatagramChannel channelFor(final SocketAddress source) throws IOException
    {
        DatagramChannel channel = channelsBySource.get(source);

        if (channel == null)
        {
            channel = open(new InetSocketAddress(PeerEnsemble.LOOPBACK, 0), source);
            channel.connect(target);
            channelsBySource.put(source, channel);
        }

        return channel;
    }

    private DatagramChannel open(final InetSocketAddress address, final SocketAddress source) throws IOException
    {
        final DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
        channel.bind(address).configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, source);

        return channel;
    }
}
