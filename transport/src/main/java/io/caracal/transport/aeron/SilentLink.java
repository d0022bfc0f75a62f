/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.tcp.ReadyHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One TCP connection between two servers. It carries the agreement of one generation, and after that nothing but the
 * notice of its end. Its end without a notice is taken for the death of the other process. Never blocks; bounded in
 * both directions.
 *
 * <pre>
 *  magic (8 bytes, once), then messages: length (4 bytes), SBE message
 * </pre>
 */
final class SilentLink implements ReadyHandler, AutoCloseable
{
    /** "caracal" and the version of the framing. */
    static final long MAGIC = 0x01_6c61_6361_7261_63L;

    private static final int BUFFER_LENGTH = 2 * (LinkCodec.MESSAGE_LENGTH_MAX + Integer.BYTES);
    private static final long READ_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long READ_INTERVAL_TOLD_NS = TimeUnit.SECONDS.toNanos(1);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final LinkCodec codec;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer inMessages = new UnsafeBuffer(in);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LinkCodec.MESSAGE_LENGTH_MAX]);
    private boolean isReady = true;
    private boolean isMagicRead;
    private boolean isOutputEnding;
    private boolean isOutputEnded;
    private long lastReadNs;

    /** The outcome of reading. */
    enum Reading
    {
        /** The link is open; perhaps nothing came. */
        OPEN,
        /** The other side ended its stream, or the connection was reset. */
        GONE,
        /** What came does not belong to this protocol. */
        GARBAGE
    }

    /**
     * Takes over a connection.
     *
     * @param channel      connected or connecting; non-blocking.
     * @param registration wakes the loop.
     * @param ops          operations for which the loop is woken.
     * @param codec        of messages.
     */
    SilentLink(final SocketChannel channel, final SelectorRegistration registration, final int ops,
        final LinkCodec codec)
    {
        this.channel = channel;
        this.codec = codec;
        key = registration.register(channel, ops, this);
        out.putLong(MAGIC);
    }

    @Override
    public void onReady(final int readyOps)
    {
        isReady = true;
    }

    /** The buffer into which a message is encoded before {@link #send}. */
    UnsafeBuffer message()
    {
        return message;
    }

    /**
     * Continues connecting.
     *
     * @return true once connected.
     * @throws IOException when the other side cannot be reached.
     */
    boolean finishConnect() throws IOException
    {
        if (!channel.finishConnect())
        {
            return false;
        }

        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        interest(SelectionKey.OP_READ);

        return true;
    }

    InetSocketAddress remoteAddress()
    {
        try
        {
            return (InetSocketAddress)channel.getRemoteAddress();
        }
        catch (final IOException closed)
        {
            return null;
        }
    }

    /** The host at the other end, for messages to people. */
    String remoteHost()
    {
        final InetSocketAddress address = remoteAddress();

        return address == null ? "an address that is gone" : address.getAddress().getHostAddress();
    }

    /** Sends the message in {@link #message()}. */
    void send(final int length)
    {
        out.putInt(length).put(message.byteArray(), 0, length);
        flush();
    }

    /** Ends the own side of the stream once everything is sent. */
    void endOutput()
    {
        isOutputEnding = true;
        flush();
    }

    /**
     * Reads what has come and hands over whole messages, until the handler closes this link. Asks the system only if
     * the selector reported the link as ready, or some time has passed.
     */
    Reading poll(final LinkMessageHandler handler, final long nowNs)
    {
        if (!isReady && nowNs - lastReadNs < (key != null ? READ_INTERVAL_TOLD_NS : READ_INTERVAL_NS))
        {
            return Reading.OPEN;
        }

        isReady = false;
        lastReadNs = nowNs;
        flush();

        try
        {
            final int length = channel.read(in);
            final boolean isValid = deliver(handler);

            return !isValid ? Reading.GARBAGE : length < 0 ? Reading.GONE : Reading.OPEN;
        }
        catch (final IOException reset)
        {
            return Reading.GONE;
        }
    }

    /** Like {@link #poll}, but reads regardless of what the selector reported. */
    Reading readNow(final LinkMessageHandler handler, final long nowNs)
    {
        isReady = true;

        return poll(handler, nowNs);
    }

    @Override
    public void close()
    {
        CloseHelper.quietClose(channel);
    }

    private boolean deliver(final LinkMessageHandler handler)
    {
        in.flip();

        try
        {
            if (!isMagicRead && in.remaining() >= Long.BYTES)
            {
                isMagicRead = true;

                if (in.getLong() != MAGIC)
                {
                    return false;
                }
            }

            return !isMagicRead ? isMagicBegun() : deliverMessages(handler);
        }
        finally
        {
            in.compact();
        }
    }

    /** Whether the bytes so far can be the beginning of the magic. Strangers are recognized from their first byte. */
    private boolean isMagicBegun()
    {
        for (int i = 0; i < in.remaining(); i++)
        {
            if (in.get(in.position() + i) != (byte)(MAGIC >>> (i * Byte.SIZE)))
            {
                return false;
            }
        }

        return true;
    }

    private boolean deliverMessages(final LinkMessageHandler handler)
    {
        while (in.remaining() >= Integer.BYTES)
        {
            final int length = in.getInt(in.position());

            if (length <= 0 || length > LinkCodec.MESSAGE_LENGTH_MAX)
            {
                return false;
            }

            if (in.remaining() < Integer.BYTES + length)
            {
                return true;
            }

            final int offset = in.position() + Integer.BYTES;
            in.position(offset + length);

            if (!codec.decode(inMessages, offset, length, handler))
            {
                return false;
            }
        }

        return true;
    }

    private void flush()
    {
        if (!channel.isConnected() || isOutputEnded)
        {
            return;
        }

        try
        {
            out.flip();
            channel.write(out);
            out.compact();

            if (out.position() == 0 && isOutputEnding)
            {
                isOutputEnded = true;
                channel.shutdownOutput();
            }

            interest(out.position() == 0 ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
        catch (final IOException reset)
        {
            // The next read fails in the same way and ends the link.
            isReady = true;
            out.clear();
        }
    }

    private void interest(final int ops)
    {
        if (key != null && key.isValid() && key.interestOps() != ops)
        {
            key.interestOps(ops);
        }
    }
}
