/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Settings of the client transport. Set what differs from the defaults, then {@link #conclude()}: it validates and
 * freezes.
 * <ul>
 * <li>who may connect: {@link #listen}, {@link #backlog(int)}, {@link #connectionsPerAddressMax(int)},
 * {@link #connectionsMax(int)}, {@link #acceptBackoffNs(long)}, {@link #keepAlive(boolean)}</li>
 * <li>how long it may take: {@link #handshakeTimeoutNs(long)}, {@link #closeLingerNs(long)},
 * {@link #wordTimeoutNs(long)}</li>
 * <li>how much one connection may have: {@link #frameLengthMax(int)}, {@link #outboundHighWater(int)},
 * {@link #outboundMax(int)}, {@link #wordAnswerMax(int)}; all together: {@link #bufferBytesMax(long)}</li>
 * <li>on which threads: {@link #threading(Threading)}, {@link #idleMode(IdleMode)}, {@link #threadFactory}; with
 * {@link Threading#DEDICATED} also {@link #gateways(int)}, {@link #ringLength(int)}, {@link #overflowMax(int)},
 * {@link #parkedMax(int)}</li>
 * <li>whom it works with: {@link #nanoClock}, {@link #events}, {@link #wordHandler}, {@link #errorHandler}</li>
 * </ul>
 */
public final class TransportContext
{
    /** Default of {@link #frameLengthMax(int)}, which ZooKeeper calls {@code jute.maxbuffer}. */
    public static final int FRAME_LENGTH_MAX_DEFAULT = 0xfffff;

    private static final int OUTBOUND_MAX_LEAST = 64 << 20;
    private static final int RING_LENGTH_LEAST = 64 << 10;
    private static final int GATEWAYS_LIMIT = 256;

    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private int backlog = -1;
    private int frameLengthMax = FRAME_LENGTH_MAX_DEFAULT;
    private int connectionsPerAddressMax = 60;
    private int connectionsMax;
    private long handshakeTimeoutNs = TimeUnit.SECONDS.toNanos(10);
    private int outboundMax;
    private int outboundHighWater = 1 << 20;
    private long closeLingerNs = TimeUnit.SECONDS.toNanos(5);
    private long wordTimeoutNs = TimeUnit.SECONDS.toNanos(60);
    private int wordAnswerMax = 1 << 20;
    private long acceptBackoffNs = TimeUnit.MILLISECONDS.toNanos(100);
    private boolean keepAlive;
    private long bufferBytesMax;
    private Threading threading = Threading.SHARED;
    private IdleMode idleMode = IdleMode.BLOCK;
    private int gateways;
    private int ringLength = 4 << 20;
    private int overflowMax;
    private int parkedMax = 16 << 20;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private TransportEvents events = TransportEvents.NONE;
    private WordHandler wordHandler;
    private ThreadFactory threadFactory = Thread::new;
    private ErrorHandler errorHandler;
    private boolean concluded;

    /**
     * Validates the settings, derives those that depend on others, and freezes them.
     *
     * @return this.
     * @throws IllegalArgumentException when a setting is missing or out of its range; the message names it.
     * @throws IllegalStateException    when the context is concluded already.
     */
    public TransportContext conclude()
    {
        change();
        deriveDefaults();
        require(!addresses.isEmpty(), "no address to listen on");
        require(frameLengthMax > 0 && frameLengthMax <= 1 << 30, "frameLengthMax must be 1 to 2^30");
        require(connectionsPerAddressMax >= 0, "connectionsPerAddressMax must not be negative");
        require(connectionsMax >= 0, "connectionsMax must not be negative");
        require(handshakeTimeoutNs > 0, "handshakeTimeoutNs must be greater than 0");
        require(outboundHighWater > 0, "outboundHighWater must be greater than 0");
        require(outboundMax >= outboundHighWater, "outboundMax must not be below outboundHighWater");
        require(closeLingerNs > 0, "closeLingerNs must be greater than 0");
        require(wordTimeoutNs > 0, "wordTimeoutNs must be greater than 0");
        require(acceptBackoffNs > 0, "acceptBackoffNs must be greater than 0");
        require(wordAnswerMax > 0, "wordAnswerMax must be greater than 0");
        require(bufferBytesMax > 0, "bufferBytesMax must be greater than 0");
        require(gateways > 0 && gateways <= GATEWAYS_LIMIT, "gateways must be 1 to 256");
        require(BitUtil.isPowerOfTwo(ringLength) && ringLength >= RING_LENGTH_LEAST,
            "ringLength must be a power of two, 64 KiB or more");
        require(overflowMax > 0, "overflowMax must be greater than 0");
        require(parkedMax > 0, "parkedMax must be greater than 0");
        concluded = true;

        return this;
    }

    /**
     * Adds an address to listen on.
     *
     * @param address resolved; port 0 takes any free one.
     * @return this.
     */
    public TransportContext listen(final InetSocketAddress address)
    {
        change();
        addresses.add(address);
        return this;
    }

    public List<InetSocketAddress> addresses()
    {
        return List.copyOf(addresses);
    }

    /**
     * Sets how many connections the operating system keeps until they are accepted ({@code clientPortListenBacklog}).
     *
     * @param value number, within what the system allows; below 1: 4096.
     * @return this.
     */
    public TransportContext backlog(final int value)
    {
        change();
        backlog = value;
        return this;
    }

    public int backlog()
    {
        return backlog;
    }

    /**
     * Sets the length of the longest frame that a client may send ({@code jute.maxbuffer}). A longer or negative length
     * closes the connection.
     *
     * @param value bytes without the length prefix, 1 to 2^30.
     * @return this.
     */
    public TransportContext frameLengthMax(final int value)
    {
        change();
        frameLengthMax = value;
        return this;
    }

    public int frameLengthMax()
    {
        return frameLengthMax;
    }

    /**
     * Sets the maximum of connections from one source address ({@code maxClientCnxns}). Any further one is closed when
     * it is accepted.
     *
     * @param value number; 0: no limit.
     * @return this.
     */
    public TransportContext connectionsPerAddressMax(final int value)
    {
        change();
        connectionsPerAddressMax = value;
        return this;
    }

    public int connectionsPerAddressMax()
    {
        return connectionsPerAddressMax;
    }

    /**
     * Sets the maximum of connections in all ({@code maxCnxns}). Any further one is closed when it is accepted.
     *
     * @param value number; 0: no limit but those of the gateways and the operating system.
     * @return this.
     */
    public TransportContext connectionsMax(final int value)
    {
        change();
        connectionsMax = value;
        return this;
    }

    public int connectionsMax()
    {
        return connectionsMax;
    }

    /**
     * Sets how long a connection may take to deliver its first whole frame ({@code
     * zookeeper.nio.sessionlessCnxnTimeout}), or a whole word. After that it is closed.
     *
     * @param value nanoseconds, greater than zero.
     * @return this.
     */
    public TransportContext handshakeTimeoutNs(final long value)
    {
        change();
        handshakeTimeoutNs = value;
        return this;
    }

    public long handshakeTimeoutNs()
    {
        return handshakeTimeoutNs;
    }

    /**
     * Sets the number of unsent bytes beyond which a connection is closed as a slow reader. Large replies must fit.
     *
     * @param value bytes; 0: 64 MiB or eight times the frame limit, whichever is more, but at most 1 GiB.
     * @return this.
     */
    public TransportContext outboundMax(final int value)
    {
        change();
        outboundMax = value;
        return this;
    }

    public int outboundMax()
    {
        return outboundMax;
    }

    /**
     * Sets the number of unsent bytes above which no more requests are read from a connection, until half of that
     * number is left.
     *
     * @param value bytes, greater than zero.
     * @return this.
     */
    public TransportContext outboundHighWater(final int value)
    {
        change();
        outboundHighWater = value;
        return this;
    }

    public int outboundHighWater()
    {
        return outboundHighWater;
    }

    /**
     * Sets how long a connection that the server closes may take to read the rest, and then to end its own side.
     *
     * @param value nanoseconds, greater than zero.
     * @return this.
     */
    public TransportContext closeLingerNs(final long value)
    {
        change();
        closeLingerNs = value;
        return this;
    }

    public long closeLingerNs()
    {
        return closeLingerNs;
    }

    /**
     * Sets how long a word may be without progress, that is, without a piece of its answer being handed over or read.
     *
     * @param value nanoseconds, greater than zero.
     * @return this.
     */
    public TransportContext wordTimeoutNs(final long value)
    {
        change();
        wordTimeoutNs = value;
        return this;
    }

    public long wordTimeoutNs()
    {
        return wordTimeoutNs;
    }

    /**
     * Sets the number of unsent bytes of an answer to a word at which further pieces are refused.
     *
     * @param value bytes, greater than zero.
     * @return this.
     */
    public TransportContext wordAnswerMax(final int value)
    {
        change();
        wordAnswerMax = value;
        return this;
    }

    public int wordAnswerMax()
    {
        return wordAnswerMax;
    }

    /**
     * Sets how long accepting pauses after the operating system refused it.
     *
     * @param value nanoseconds, greater than zero.
     * @return this.
     */
    public TransportContext acceptBackoffNs(final long value)
    {
        change();
        acceptBackoffNs = value;
        return this;
    }

    public long acceptBackoffNs()
    {
        return acceptBackoffNs;
    }

    /**
     * Sets whether the operating system probes idle connections ({@code zookeeper.clientTcpKeepAlive}).
     *
     * @param value true: it does.
     * @return this.
     */
    public TransportContext keepAlive(final boolean value)
    {
        change();
        keepAlive = value;
        return this;
    }

    public boolean keepAlive()
    {
        return keepAlive;
    }

    /**
     * Sets the bound on all direct memory of the transport. When it is reached, free blocks are given back; then the
     * connection of the gateway that holds most is closed, which may be the one that needs more. With {@link
     * Threading#DEDICATED} half of what the rings leave is divided among the gateways.
     *
     * @param value bytes; 0: half of the largest heap, which is half of what the virtual machine allows by default.
     * @return this.
     */
    public TransportContext bufferBytesMax(final long value)
    {
        change();
        bufferBytesMax = value;
        return this;
    }

    public long bufferBytesMax()
    {
        return bufferBytesMax;
    }

    /**
     * Sets on which threads sockets are served.
     *
     * @param value the way of threading.
     * @return this.
     */
    public TransportContext threading(final Threading value)
    {
        change();
        threading = value;
        return this;
    }

    public Threading threading()
    {
        return threading;
    }

    /**
     * Sets what loops do when there is no work.
     *
     * @param value the mode.
     * @return this.
     */
    public TransportContext idleMode(final IdleMode value)
    {
        change();
        idleMode = value;
        return this;
    }

    public IdleMode idleMode()
    {
        return idleMode;
    }

    /**
     * Sets the number of gateways with {@link Threading#DEDICATED}.
     *
     * @param value 1 to 256; 0: a quarter of the cores, 1 to 4.
     * @return this.
     */
    public TransportContext gateways(final int value)
    {
        change();
        gateways = value;
        return this;
    }

    public int gateways()
    {
        return gateways;
    }

    /**
     * Sets the length of each of the two rings between the engine and a gateway.
     *
     * @param value bytes, a power of two, 64 KiB or more.
     * @return this.
     */
    public TransportContext ringLength(final int value)
    {
        change();
        ringLength = value;
        return this;
    }

    public int ringLength()
    {
        return ringLength;
    }

    /**
     * Sets how many bytes of frames to one gateway may wait for room in its ring. A connection whose frame would exceed
     * that is closed.
     *
     * @param value bytes; 0: as {@link #outboundMax(int)}.
     * @return this.
     */
    public TransportContext overflowMax(final int value)
    {
        change();
        overflowMax = value;
        return this;
    }

    public int overflowMax()
    {
        return overflowMax;
    }

    /**
     * Sets how many bytes of frames from one gateway may wait on the engine's side after the engine refused them. Above
     * that, the gateway's ring is not read until the engine has taken some.
     *
     * @param value bytes, greater than zero.
     * @return this.
     */
    public TransportContext parkedMax(final int value)
    {
        change();
        parkedMax = value;
        return this;
    }

    public int parkedMax()
    {
        return parkedMax;
    }

    /**
     * Sets the monotonic clock.
     *
     * @param value the clock.
     * @return this.
     */
    public TransportContext nanoClock(final NanoClock value)
    {
        change();
        nanoClock = value;
        return this;
    }

    public NanoClock nanoClock()
    {
        return nanoClock;
    }

    /**
     * Sets the receiver of events.
     *
     * @param value thread-safe.
     * @return this.
     */
    public TransportContext events(final TransportEvents value)
    {
        change();
        events = value;
        return this;
    }

    public TransportEvents events()
    {
        return events;
    }

    /**
     * Sets who answers four-letter words.
     *
     * @param value the handler; without one, a connection that sends a word is closed without an answer.
     * @return this.
     */
    public TransportContext wordHandler(final WordHandler value)
    {
        change();
        wordHandler = value;
        return this;
    }

    public WordHandler wordHandler()
    {
        return wordHandler;
    }

    /**
     * Sets the factory of the gateways' threads.
     *
     * @param value the factory.
     * @return this.
     */
    public TransportContext threadFactory(final ThreadFactory value)
    {
        change();
        threadFactory = value;
        return this;
    }

    public ThreadFactory threadFactory()
    {
        return threadFactory;
    }

    /**
     * Sets the handler that is told when the thread of a gateway dies of an error, which is fatal to the server.
     *
     * @param value the handler; without one, the thread's own handler of uncaught exceptions is told.
     * @return this.
     */
    public TransportContext errorHandler(final ErrorHandler value)
    {
        change();
        errorHandler = value;
        return this;
    }

    public ErrorHandler errorHandler()
    {
        return errorHandler;
    }

    private void deriveDefaults()
    {
        if (outboundMax == 0)
        {
            outboundMax = (int)Math.min(1 << 30, Math.max(OUTBOUND_MAX_LEAST, 8L * frameLengthMax));
        }

        if (overflowMax == 0)
        {
            overflowMax = outboundMax;
        }

        if (bufferBytesMax == 0)
        {
            bufferBytesMax = Runtime.getRuntime().maxMemory() / 2;
        }

        if (gateways == 0)
        {
            gateways = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 4));
        }
    }

    private void change()
    {
        if (concluded)
        {
            throw new IllegalStateException("the context is concluded");
        }
    }

    private static void require(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new IllegalArgumentException(message);
        }
    }
}
