/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.abuse;

import io.caracal.compatibility.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many connections on one thread, the caller's. The source address changes every few thousand connections, because one
 * address has only so many ports.
 */
final class Swarm implements AutoCloseable
{
    private static final int PER_ADDRESS = 1_000;
    private static final int FIRST_ADDRESS = 10;
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static final int CONNECTING_MAX = 100;
    private static final long IDLE_MS = 50;

    private final Selector selector;
    private final InetSocketAddress server;
    private final List<Member> members = new ArrayList<>();
    private final ByteBuffer input = ByteBuffer.allocate(1 << 16);
    private int frames;
    private int closed;
    /** The error of the connection that broke last; null while none did. */
    private IOException lastBreak;

    /** One connection and the frame that is arriving on it. */
    static final class Member
    {
        private final SocketChannel channel;
        private final ByteBuffer length = ByteBuffer.allocate(4);
        private ByteBuffer body;
        private ByteBuffer out = ByteBuffer.allocate(0);
        private int frames;
        private boolean isClosed;

        private Member(final SocketChannel channel)
        {
            this.channel = channel;
        }
    }

    Swarm(final InetSocketAddress server) throws IOException
    {
        this.server = server;
        selector = Selector.open();
    }

    /** Opens the given number of connections, each of which sends these bytes at once. */
    void open(final int count, final byte[] firstBytes, final long timeoutMs) throws IOException
    {
        final long deadlineNs = deadline(timeoutMs);

        for (int i = 0; i < count; i++)
        {
            final SocketChannel channel = SocketChannel.open();
            channel.bind(Loopback.address(FIRST_ADDRESS + OPENED.getAndIncrement() / PER_ADDRESS, 0));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_LINGER, 0); // Closing leaves no port in use.
            channel.configureBlocking(false);
            final Member member = new Member(channel);
            member.out = ByteBuffer.wrap(firstBytes);
            members.add(member);
            channel.connect(server);
            channel.register(selector, SelectionKey.OP_CONNECT, member);

            while (connecting() > CONNECTING_MAX)
            {
                poll(deadlineNs, "connections");
            }
        }

        while (connecting() > 0)
        {
            poll(deadlineNs, "connections");
        }
    }

    private int connecting()
    {
        int count = 0;

        for (int i = members.size() - 1; i >= Math.max(0, members.size() - 2 * CONNECTING_MAX); i--)
        {
            count += !members.get(i).isClosed && !members.get(i).channel.isConnected() ? 1 : 0;
        }

        return count;
    }

    /** Sends the same frame, length included, on every open connection. */
    void send(final byte[] framed, final long timeoutMs) throws IOException
    {
        for (final Member member : members)
        {
            if (!member.isClosed)
            {
                member.out = ByteBuffer.wrap(framed);
                flush(member);
            }
        }

        final long deadlineNs = deadline(timeoutMs);

        while (members.stream().anyMatch(member -> !member.isClosed && member.out.hasRemaining()))
        {
            poll(deadlineNs, "room to send");
        }
    }

    /** Waits until the given number of frames has arrived since the beginning, on all connections together. */
    void awaitFrames(final int count, final long timeoutMs) throws IOException
    {
        final long deadlineNs = deadline(timeoutMs);

        while (frames < count)
        {
            poll(deadlineNs, count + " frames");
        }
    }

    /** Waits until the server has closed every connection. */
    void awaitAllClosed(final long timeoutMs) throws IOException
    {
        final long deadlineNs = deadline(timeoutMs);

        while (closed < members.size())
        {
            poll(deadlineNs, "the end of all connections");
        }
    }

    int frames()
    {
        return frames;
    }

    int closed()
    {
        return closed;
    }

    int framesMin()
    {
        return members.stream().mapToInt(member -> member.frames).min().orElse(0);
    }

    private static long deadline(final long timeoutMs)
    {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    }

    private void poll(final long deadlineNs, final String what) throws IOException
    {
        if (System.nanoTime() - deadlineNs > 0)
        {
            throw new AssertionError("not in time: " + what + "; of " + members.size() + " connections " + closed +
                " ended, the last that broke by " + lastBreak + ", and " + frames + " frames came");
        }

        selector.select(key -> onReady(key), IDLE_MS);
    }

    private void onReady(final SelectionKey key)
    {
        final Member member = (Member)key.attachment();

        try
        {
            if (key.isConnectable() && member.channel.finishConnect())
            {
                flush(member);
            }
            else if (key.isWritable())
            {
                flush(member);
            }

            if (key.isValid() && key.isReadable())
            {
                read(member);
            }
        }
        catch (final IOException ex)
        {
            lastBreak = ex;
            end(member);
        }
    }

    private void flush(final Member member) throws IOException
    {
        if (!member.channel.isConnected())
        {
            return;
        }

        member.channel.write(member.out);
        member.channel.keyFor(selector).interestOps(member.out.hasRemaining() ? SelectionKey.OP_READ |
            SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void read(final Member member) throws IOException
    {
        input.clear();

        if (member.channel.read(input) < 0)
        {
            end(member);
            return;
        }

        input.flip();

        while (input.hasRemaining())
        {
            cut(member);
        }
    }

    private void cut(final Member member)
    {
        if (member.body == null)
        {
            move(member.length);

            if (member.length.hasRemaining())
            {
                return;
            }

            member.body = ByteBuffer.allocate(member.length.flip().getInt());
            member.length.clear();
        }

        move(member.body);

        if (!member.body.hasRemaining())
        {
            member.body = null;
            member.frames++;
            frames++;
        }
    }

    private void move(final ByteBuffer target)
    {
        final int count = Math.min(target.remaining(), input.remaining());
        final int limit = input.limit();
        target.put(input.limit(input.position() + count));
        input.limit(limit);
    }

    private void end(final Member member)
    {
        if (!member.isClosed)
        {
            member.isClosed = true;
            closed++;

            try
            {
                member.channel.close();
            }
            catch (final IOException ex)
            {
                throw new java.io.UncheckedIOException(ex);
            }
        }
    }

    @Override
    public void close() throws IOException
    {
        members.forEach(this::end);
        selector.close();
    }
}
