/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Configuration of a {@link LoadGenerator}. Set the values, then call {@link #conclude()}. Not thread-safe while values
 * are being set.
 */
public final class LoadContext
{
    /** Most connections that one generator holds. */
    public static final int CONNECTIONS_MAX = 100_000;
    /** Most requests in flight on one connection. */
    public static final int IN_FLIGHT_MAX = 1 << 16;
    /** Most bytes of payload of a znode. */
    public static final int PAYLOAD_LENGTH_MAX = 16 << 20;

    private List<InetSocketAddress> servers = List.of();
    private int connections = 8;
    private int inFlight = 64;
    private int threads = 1;
    private OperationMix mix = OperationMix.only(Operation.GET);
    private long keyCount = 10_000;
    private String keys = "uniform";
    private int payloadLength = 100;
    private long ratePerSecond;
    private long warmUpMs = 2_000;
    private long durationMs = 10_000;
    private long operations;
    private int sessionTimeoutMs = 30_000;
    private long connectTimeoutMs = 30_000;
    private long drainTimeoutMs = 30_000;
    private long silenceTimeoutMs = Integer.MAX_VALUE;
    private String root = "/bench";
    private long seed = 42;
    private boolean spin;
    private boolean rests;
    private boolean settles;
    private boolean concluded;

    /**
     * Servers to connect to. Connections are assigned to them in turn; a broken one goes on to the next server.
     *
     * @param servers one or more, resolved.
     * @return this.
     */
    public LoadContext servers(final List<InetSocketAddress> servers)
    {
        this.servers = List.copyOf(servers);
        return this;
    }

    public List<InetSocketAddress> servers()
    {
        return servers;
    }

    /**
     * Number of sessions, each on a connection of its own.
     *
     * @param connections from 1 to {@link #CONNECTIONS_MAX}.
     * @return this.
     */
    public LoadContext connections(final int connections)
    {
        this.connections = connections;
        return this;
    }

    public int connections()
    {
        return connections;
    }

    /**
     * Requests that a connection keeps in flight (closed loop) or has in flight at most (open loop).
     *
     * @param inFlight from 1 to {@link #IN_FLIGHT_MAX}.
     * @return this.
     */
    public LoadContext inFlight(final int inFlight)
    {
        this.inFlight = inFlight;
        return this;
    }

    public int inFlight()
    {
        return inFlight;
    }

    /**
     * Number of threads that share the connections.
     *
     * @param threads from 1 to the number of connections.
     * @return this.
     */
    public LoadContext threads(final int threads)
    {
        this.threads = threads;
        return this;
    }

    public int threads()
    {
        return threads;
    }

    /**
     * Operations to perform, and how often.
     *
     * @param mix not null.
     * @return this.
     */
    public LoadContext mix(final OperationMix mix)
    {
        this.mix = mix;
        return this;
    }

    public OperationMix mix()
    {
        return mix;
    }

    /**
     * Number of znodes that reads and sets choose from.
     *
     * @param keyCount one or more.
     * @return this.
     */
    public LoadContext keyCount(final long keyCount)
    {
        this.keyCount = keyCount;
        return this;
    }

    public long keyCount()
    {
        return keyCount;
    }

    /**
     * How the znodes are chosen; see {@link KeyDistribution#parse}.
     *
     * @param keys {@code uniform}, {@code zipf} or {@code zipf:SKEW}.
     * @return this.
     */
    public LoadContext keys(final String keys)
    {
        this.keys = keys;
        return this;
    }

    public String keys()
    {
        return keys;
    }

    /**
     * Payload length of every znode that is written.
     *
     * @param payloadLength in bytes, from 0 to {@link #PAYLOAD_LENGTH_MAX}.
     * @return this.
     */
    public LoadContext payloadLength(final int payloadLength)
    {
        this.payloadLength = payloadLength;
        return this;
    }

    public int payloadLength()
    {
        return payloadLength;
    }

    /**
     * Rate of an open loop: so many operations are due per second over all connections, and the latency of each counts
     * from when it was due, however late it could be sent. Zero for a closed loop, in which a reply makes room for the
     * next request.
     *
     * @param ratePerSecond zero or more.
     * @return this.
     */
    public LoadContext ratePerSecond(final long ratePerSecond)
    {
        this.ratePerSecond = ratePerSecond;
        return this;
    }

    public long ratePerSecond()
    {
        return ratePerSecond;
    }

    /**
     * Time under load before measuring begins.
     *
     * @param warmUpMs in milliseconds, zero or more.
     * @return this.
     */
    public LoadContext warmUpMs(final long warmUpMs)
    {
        this.warmUpMs = warmUpMs;
        return this;
    }

    public long warmUpMs()
    {
        return warmUpMs;
    }

    /**
     * Measured time, after the warm-up. With {@link #operations(long)}, the time after which the run gives up.
     *
     * @param durationMs in milliseconds, one or more.
     * @return this.
     */
    public LoadContext durationMs(final long durationMs)
    {
        this.durationMs = durationMs;
        return this;
    }

    public long durationMs()
    {
        return durationMs;
    }

    /**
     * Number of operations after which the run ends; there is no warm-up then. Zero to run until the time is up.
     *
     * @param operations zero or more.
     * @return this.
     */
    public LoadContext operations(final long operations)
    {
        this.operations = operations;
        return this;
    }

    public long operations()
    {
        return operations;
    }

    /**
     * Session timeout to request.
     *
     * @param sessionTimeoutMs in milliseconds, one or more.
     * @return this.
     */
    public LoadContext sessionTimeoutMs(final int sessionTimeoutMs)
    {
        this.sessionTimeoutMs = sessionTimeoutMs;
        return this;
    }

    public int sessionTimeoutMs()
    {
        return sessionTimeoutMs;
    }

    /**
     * Time from the start within which all connections must have their sessions.
     *
     * @param connectTimeoutMs in milliseconds, one or more.
     * @return this.
     */
    public LoadContext connectTimeoutMs(final long connectTimeoutMs)
    {
        this.connectTimeoutMs = connectTimeoutMs;
        return this;
    }

    public long connectTimeoutMs()
    {
        return connectTimeoutMs;
    }

    /**
     * Time after the end of the measured time within which every reply must come; what does not counts as lost. What an
     * open loop still has to send is sent within this time as well.
     *
     * @param drainTimeoutMs in milliseconds, one or more.
     * @return this.
     */
    public LoadContext drainTimeoutMs(final long drainTimeoutMs)
    {
        this.drainTimeoutMs = drainTimeoutMs;
        return this;
    }

    public long drainTimeoutMs()
    {
        return drainTimeoutMs;
    }

    /**
     * Longest time in which a thread gets no reply at all; after that the run fails (default:
     * {@link Integer#MAX_VALUE}, in effect never).
     *
     * @param silenceTimeoutMs in milliseconds, one or more.
     * @return this.
     */
    public LoadContext silenceTimeoutMs(final long silenceTimeoutMs)
    {
        this.silenceTimeoutMs = silenceTimeoutMs;
        return this;
    }

    public long silenceTimeoutMs()
    {
        return silenceTimeoutMs;
    }

    /**
     * Root of all znodes.
     *
     * @param root a path of one name.
     * @return this.
     */
    public LoadContext root(final String root)
    {
        this.root = root;
        return this;
    }

    public String root()
    {
        return root;
    }

    /**
     * Seed of all randomness.
     *
     * @param seed any.
     * @return this.
     */
    public LoadContext seed(final long seed)
    {
        this.seed = seed;
        return this;
    }

    public long seed()
    {
        return seed;
    }

    /**
     * Whether the threads of an open loop sleep for a moment when nothing is due and nothing comes, which leaves the
     * processor to the servers. Measurements become less exact by such a moment, some 0.1 ms.
     *
     * @param rests true to sleep.
     * @return this.
     */
    public LoadContext rests(final boolean rests)
    {
        this.rests = rests;
        return this;
    }

    public boolean rests()
    {
        return rests;
    }

    /**
     * Whether the warm-up of an open loop ends with a pause until all of it is answered. The measured time then begins
     * on a schedule of its own, so that requests that a cold server kept waiting do not count. The beginning of a stall
     * that falls into the warm-up does not count either, so this does not suit runs in which something is done to the
     * server.
     *
     * @param settles true to wait.
     * @return this.
     */
    public LoadContext settles(final boolean settles)
    {
        this.settles = settles;
        return this;
    }

    public boolean settles()
    {
        return settles;
    }

    /**
     * Whether the threads spin instead of blocking in their selectors, which lowers latency if each has a core of its
     * own.
     *
     * @param spin true to spin.
     * @return this.
     */
    public LoadContext spin(final boolean spin)
    {
        this.spin = spin;
        return this;
    }

    public boolean spin()
    {
        return spin;
    }

    /**
     * Checks all values. To be called once, by the generator.
     *
     * @return this.
     * @throws IllegalArgumentException when a value is out of range.
     */
    public LoadContext conclude()
    {
        if (concluded)
        {
            throw new IllegalArgumentException("a context serves one generator");
        }
        if (servers.isEmpty())
        {
            throw new IllegalArgumentException("no server given");
        }
        range("connections", connections, 1, CONNECTIONS_MAX);
        range("requests in flight", inFlight, 1, IN_FLIGHT_MAX);
        range("threads", threads, 1, connections);
        range("payload", payloadLength, 0, PAYLOAD_LENGTH_MAX);
        range("rate", ratePerSecond, 0, 100_000_000);
        range("warm-up", warmUpMs, 0, Integer.MAX_VALUE);
        range("duration", durationMs, 1, Integer.MAX_VALUE);
        range("operations", operations, 0, Long.MAX_VALUE);
        range("session timeout", sessionTimeoutMs, 1, Integer.MAX_VALUE);
        range("connect timeout", connectTimeoutMs, 1, Integer.MAX_VALUE);
        range("drain timeout", drainTimeoutMs, 1, Integer.MAX_VALUE);
        range("silence timeout", silenceTimeoutMs, 1, Integer.MAX_VALUE);
        concluded = true;
        return this;
    }

    private static void range(final String what, final long value, final long min, final long max)
    {
        if (value < min || value > max)
        {
            throw new IllegalArgumentException(what + " must lie in " + min + ".." + max + ": " + value);
        }
    }

    @Override
    public String toString()
    {
        return "connections=" + connections + " in-flight=" + inFlight + " threads=" + threads + " mix=" + mix +
            " znodes=" + keyCount + " keys=" + keys + " payload=" + payloadLength + "B" +
            (ratePerSecond > 0 ? " rate=" + ratePerSecond + "/s" : " closed-loop") +
            (operations > 0 ? " operations=" + operations : " warm-up=" + warmUpMs + "ms duration=" + durationMs +
                "ms") +
            " session-timeout=" + sessionTimeoutMs + "ms seed=" + seed + (spin ? " spin" : "") + (rests ? " rests" :
                "") +
            (settles ? " settles" : "");
    }
}
